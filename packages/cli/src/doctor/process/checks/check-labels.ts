import type { TelemetryFacts } from "../facts.ts";
import { listNames, type TelemetryFinding } from "./finding.ts";

const PREFIX = "exported_";

/** Whether every label of ours is where rules and panels look for it. */
export function checkLabels({ movedLabels }: TelemetryFacts): TelemetryFinding {
  if (movedLabels.length === 0) {
    return { check: "labels", status: "ok", summary: `no label was moved to ${PREFIX}*` };
  }
  const labels = movedLabels.map((label) => label.slice(PREFIX.length));
  return {
    check: "labels",
    status: "failed",
    summary: `labels were moved aside: ${listNames(movedLabels)}`,
    cause: `The scrape gives its targets ${listNames(labels)} too, and with honor_labels: false its own value takes the place of ours.`,
    action: labels.every((label) => label === "job" || label === "instance")
      ? "Set honor_labels: true (honorLabels in a monitor of the operator) for this job: the page names the processes itself."
      : "Rename or drop that target label in the relabeling of the scrape job; honor_labels: true would keep ours instead.",
    details: { movedLabels },
  };
}
