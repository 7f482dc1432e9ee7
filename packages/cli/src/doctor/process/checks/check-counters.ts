import type { FallingCounters, TelemetryFacts } from "../facts.ts";
import { listNames, type TelemetryFinding } from "./finding.ts";

const ON_PAGE = {
  cause:
    "Several processes respond at this address in turn: workers of a cluster, or replicas behind a load balancer.",
  action:
    "Scrape each process by itself, or serve one page for all workers, as examples/worker-cluster does.",
};
const UNNAMED = {
  cause: "Several processes write the same series, and each sample of another one looks like a restart.",
  action: "Give each process a service.instance.id; then look again, since delta temporality looks the same.",
};
const NAMED = {
  cause: "Delta temporality: each export starts at zero. Several processes under one instance look the same.",
  action:
    "Export with cumulative temporality (OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative), and give each process its own service.instance.id.",
};

const nameOf = ({ job, instance }: FallingCounters): string =>
  [job, instance].filter((label) => label !== "").join(" ");

function explain({ falling, store }: TelemetryFacts): Pick<TelemetryFinding, "cause" | "action"> {
  if (!store) return ON_PAGE;
  return falling.some(({ instance }) => instance !== "") ? NAMED : UNNAMED;
}

/** Whether counters only grow while their process lives. */
export function checkCounters(facts: TelemetryFacts): TelemetryFinding {
  const { falling } = facts;
  if (falling.length === 0) {
    return { check: "counters", status: "ok", summary: "counters do not fall while their process lives" };
  }
  const named = listNames(falling.map(nameOf).filter((name) => name !== ""));
  return {
    check: "counters",
    status: "failed",
    summary: `counters fall again and again${named === "" ? "" : `: ${named}`}`,
    ...explain(facts),
    details: { falls: Math.max(...falling.map(({ falls }) => falls)) },
  };
}
