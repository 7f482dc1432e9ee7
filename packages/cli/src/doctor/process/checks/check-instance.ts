import type { FallingCounters, StoreFacts } from "../facts.ts";
import { listNames, printNames, type TelemetryFinding } from "./finding.ts";

/** Whether processes can be told apart. */
export function checkInstance(
  { unnamed }: StoreFacts,
  falling: readonly FallingCounters[],
): TelemetryFinding {
  const { withoutId, notRelabeled } = unnamed;
  if (withoutId.length > 0) {
    return {
      check: "instance",
      status: falling.some(({ instance }) => instance === "") ? "failed" : "warning",
      summary: `series have no instance: ${listNames(withoutId)}`,
      cause: "Over OTLP each process has to name itself; without it, two processes write the same series.",
      action:
        "Give each process a service.instance.id, with `OTEL_NODE_RESOURCE_DETECTORS=env,serviceinstance` or `OTEL_RESOURCE_ATTRIBUTES=service.instance.id=$(POD_NAME)`.",
      details: { clients: printNames(withoutId) },
    };
  }
  if (notRelabeled.length > 0) {
    return {
      check: "instance",
      status: "failed",
      summary: `series have no job and instance: ${listNames(notRelabeled)}`,
      cause:
        "The store keeps service.name and service.instance.id under their own names; rules group by job and instance.",
      action: "Relabel on the way in, as examples/otlp/relabel.yaml does.",
      details: { clients: printNames(notRelabeled) },
    };
  }
  return { check: "instance", status: "ok", summary: "each process has its instance" };
}
