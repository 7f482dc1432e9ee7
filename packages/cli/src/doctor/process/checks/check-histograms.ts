import { METRICS } from "@intercom-telemetry/core/contract";
import type { TelemetryFacts } from "../facts.ts";
import { listNames, type TelemetryFinding } from "./finding.ts";

const BUCKETS = `${METRICS.duration.name}_bucket`;

/** Whether durations have the classic buckets that rules and panels read. */
export function checkHistograms({ jobsWithoutBuckets: jobs }: TelemetryFacts): TelemetryFinding {
  if (jobs.length === 0) {
    return { check: "histograms", status: "ok", summary: "durations have classic buckets" };
  }
  const named = listNames(jobs.filter((job) => job !== ""));
  return {
    check: "histograms",
    status: "failed",
    summary: `durations have no classic buckets, ${BUCKETS} with le${named === "" ? "" : `, in jobs: ${named}`}`,
    cause:
      "Only native or exponential histograms are kept, or a relabeling drops the buckets; latency panels and alerts are empty.",
    action:
      "In Prometheus set always_scrape_classic_histograms: true and convert_classic_histograms_to_nhcb: false; over OTLP use explicit buckets, the SDK's default.",
  };
}
