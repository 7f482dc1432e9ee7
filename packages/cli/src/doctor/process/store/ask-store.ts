import { isJsonObject, parseJsonObject } from "@intercom-telemetry/guards/json";
import { httpGet, type ProbeContext } from "../../../probe/http-get.ts";
import { USER_AGENT } from "../../../probe/user-agent.ts";
import type { ReadingProblem } from "../facts.ts";
import { parseValue, type SeriesValue } from "../series.ts";

/** The store cannot be asked. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly problem: ReadingProblem;

  constructor(problem: ReadingProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** How to ask a store that has Prometheus's query API. */
export interface Store {
  /** Value of each series of an instant query. */
  query(expression: string): Promise<readonly SeriesValue[]>;
  /** What a path below `/api/v1/` responds; `undefined` where the store has no such path. */
  read(path: string, parameters?: Readonly<Record<string, string>>): Promise<unknown>;
}

const MAX_BODY_BYTES = 16 * 1024 * 1024;

const toSeries = (each: unknown): SeriesValue | undefined => {
  if (!isJsonObject(each) || !isJsonObject(each.metric) || !Array.isArray(each.value)) return undefined;
  const labels = Object.fromEntries(
    Object.entries(each.metric).map(([name, value]) => [name, String(value)]),
  );
  const { __name__: name = "", ...others } = labels;
  return { name, labels: others, value: parseValue(String(each.value[1])) };
};

function toVector(data: unknown): readonly SeriesValue[] {
  if (!isJsonObject(data) || data.resultType !== "vector" || !Array.isArray(data.result)) {
    throw new StoreError({ kind: "not_a_store" });
  }
  return data.result.map(toSeries).filter((series) => series !== undefined);
}

/** Bounded in bytes and time. A redirect is not followed, so that the credentials stay where they were meant for. */
export function openStore(base: URL, authorization: string | undefined, context: ProbeContext): Store {
  const prefix = `${base.origin}${base.pathname.replace(/(?<!\/)\/+$/, "")}/api/v1/`;
  const headers = {
    accept: "application/json",
    "accept-encoding": "identity",
    "user-agent": USER_AGENT,
    ...(authorization !== undefined && { authorization }),
  };
  const get = async (path: string, parameters: Readonly<Record<string, string>>): Promise<unknown> => {
    const url = new URL(`${prefix}${path}?${new URLSearchParams(parameters)}`);
    const response = await httpGet({ url, headers, maxBodyBytes: MAX_BODY_BYTES }, context);
    if (!response.arrived) throw new StoreError({ kind: "no_response", code: response.code });
    if (response.status !== 200) throw new StoreError({ kind: "status", status: response.status });
    if (!response.bodyIsWhole) throw new StoreError({ kind: "too_large", maxBytes: MAX_BODY_BYTES });
    const body = parseJsonObject(response.body);
    if (body?.status !== "success") throw new StoreError({ kind: "not_a_store" });
    return body.data;
  };
  return {
    // VictoriaMetrics would move the moment of a query that it may cache.
    query: async (query) => toVector(await get("query", { query, nocache: "1" })),
    read: (path, parameters = {}) => get(path, parameters).catch(() => undefined),
  };
}
