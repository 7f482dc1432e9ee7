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

/** Jobs in which the same process is there more than once, though nothing in the group labels tells them apart. */
export function findReplicated(
  info: readonly SeriesValue[],
  groupLabels: readonly string[],
): readonly string[] {
  const labels = ["job", "instance", "client", "version", ...groupLabels];
  const seen = new Set<string>();
  const replicated = info.filter((series) => {
    if (!series.labels.instance) return false;
    const key = JSON.stringify(labels.map((label) => series.labels[label]));
    const isKnown = seen.has(key);
    seen.add(key);
    return isKnown;
  });
  return valuesOf(replicated, "job");
}
