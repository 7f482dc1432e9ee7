import { METRICS } from "@intercom-telemetry/core/contract";
import type { TelemetryFacts } from "../facts.ts";
import type { TelemetryFinding } from "./finding.ts";

const BUCKETS = `${METRICS.duration.name}_bucket`;

/** Whether durations have the classic buckets that rules and panels read. */
export function checkHistograms({ durations }: TelemetryFacts): TelemetryFinding {
  if (durations === "classic") {
    return { check: "histograms", status: "ok", summary: "durations have classic buckets" };
  }
  return {
    check: "histograms",
    status: "failed",
    summary: `durations have no classic buckets: there is no ${BUCKETS} with le`,
    cause:
      "Only native or exponential histograms are kept, or a relabeling drops the buckets; latency panels and alerts are empty.",
    action:
      "In Prometheus set always_scrape_classic_histograms: true and convert_classic_histograms_to_nhcb: false; over OTLP use explicit buckets, the SDK's default.",
  };
}
