import type { StoreFacts } from "../facts.ts";
import type { SeriesValue } from "../series.ts";
import { valuesOf } from "../series.ts";

/** `service.instance.id` of OpenTelemetry, as stores write it. */
const ID_LABELS = ["service.instance.id", "service_instance_id", "exported_instance"];

const hasId = ({ labels }: SeriesValue): boolean =>
  ["instance", ...ID_LABELS].some((label) => (labels[label] ?? "") !== "");

/** Which clients have processes that cannot be told apart. */
export function findUnnamed(info: readonly SeriesValue[]): StoreFacts["unnamed"] {
  const withoutId = info.filter((series) => !hasId(series));
  const notRelabeled = info.filter(
    (series) => hasId(series) && !(series.labels.instance && series.labels.job),
  );
  return { withoutId: valuesOf(withoutId, "client"), notRelabeled: valuesOf(notRelabeled, "client") };
}

/** Jobs in which the same process is there more than once. */
export function findReplicated(info: readonly SeriesValue[]): readonly string[] {
  const seen = new Set<string>();
  const replicated = info.filter((series) => {
    const { job, instance, client, version } = series.labels;
    if (!instance) return false;
    const key = JSON.stringify([job, instance, client, version]);
    const isKnown = seen.has(key);
    seen.add(key);
    return isKnown;
  });
  return valuesOf(replicated, "job");
}
