import { METRICS } from "@intercom-telemetry/core/contract";

const IDENTITY = ["job", "instance"];
const OURS = new Set([
  ...IDENTITY,
  ...Object.values(METRICS).flatMap(({ labels, writer }) => (writer === "client" ? labels : [])),
]);
const PREFIX = "exported_";

/** Of the names of labels, those that a scrape gave to labels that rules and panels read. */
export function findMovedLabels(names: Iterable<string>): readonly string[] {
  const moved = [...new Set(names)].filter(
    (name) => name.startsWith(PREFIX) && OURS.has(name.slice(PREFIX.length)),
  );
  return moved.sort();
}
