import { METRICS } from "@intercom-telemetry/core/contract";
import { isJsonObject, type JsonObject } from "@intercom-telemetry/guards/json";
import type { StoreFacts } from "../facts.ts";
import { type SeriesValue, valuesOf } from "../series.ts";
import type { Store } from "./ask-store.ts";

/** `level:metric:operation`; every recorded series of ours has it. */
const RECORDED = `[a-z_]+:${METRICS.info.name.replace(/info$/, "")}.+`;
const OUR_RECORD = new RegExp(`^${RECORDED}$`);

const objectsIn = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

/** What the store says of recording rules of ours. One that evaluates none itself has no path, or an empty list. */
async function readLoaded(store: Store): Promise<StoreFacts["rules"]> {
  const data = await store.read("rules", { type: "record" });
  if (!isJsonObject(data)) return undefined;
  const rules = objectsIn(data.groups).flatMap((group) => objectsIn(group.rules));
  const ours = rules.filter(({ name }) => typeof name === "string" && OUR_RECORD.test(name));
  return { loaded: ours.length, failing: ours.filter(({ health }) => health === "err").length };
}

/** Which jobs have no recorded series, and what the store says of the rules. */
export async function readRules(
  store: Store,
  info: readonly SeriesValue[],
): Promise<Pick<StoreFacts, "jobsWithoutRecords" | "rules">> {
  const [recorded, rules] = await Promise.all([
    store.query(`group by (job) ({__name__=~"${RECORDED}",job!=""})`),
    readLoaded(store),
  ]);
  const jobs = new Set(valuesOf(recorded, "job"));
  return { jobsWithoutRecords: valuesOf(info, "job").filter((job) => !jobs.has(job)), rules };
}
