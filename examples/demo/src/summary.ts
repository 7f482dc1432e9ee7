import { METRICS } from "@intercom-telemetry/core/contract";
import { type Sample, sumOf } from "./metrics-text.ts";
import { type Evidence, reconcile } from "./reconcile/reconcile.ts";

/** What `--json` prints. */
export interface Summary {
  /** How long there was traffic. */
  readonly seconds: number;
  /** Requests by the services' own count, resends included. */
  readonly requests: number;
  readonly spans: number;
  /** Sum of the request counters on both metrics pages. */
  readonly counted: number;
  /** Requests in the simulator's ledger. */
  readonly ledger: number;
  /** Differences between ledger, spans and counters. */
  readonly mismatches: number;
  /** Requests that were answered with 429. */
  readonly rateLimited: number;
  readonly retries: number;
  /** Series of ours on both metrics pages. */
  readonly series: number;
}

/** Evidence, and what the services counted themselves. */
export interface Run extends Evidence {
  readonly seconds: number;
  readonly requests: number;
}

const isOurs = ({ name }: Sample): boolean => name.startsWith("intercom_");

/** Adds a run up. */
export function summarize(run: Run): { summary: Summary; differences: readonly string[] } {
  const { seconds, requests, ledger, spans, samples } = run;
  const differences = reconcile(run);
  const summary = {
    seconds: Math.round(seconds * 10) / 10,
    requests,
    spans: spans.length,
    counted: sumOf(samples, METRICS.requests.name),
    ledger: ledger.length,
    mismatches: differences.length,
    rateLimited: ledger.filter(({ status }) => status === 429).length,
    retries: sumOf(samples, METRICS.retries.name),
    series: samples.filter(isOurs).length,
  };
  return { summary, differences };
}

const MOST_DIFFERENCES_SHOWN = 20;

/** The summary for people. */
export function describeSummary(summary: Summary, differences: readonly string[]): string {
  const { seconds, requests, spans, counted, ledger, mismatches, rateLimited, retries, series } = summary;
  return [
    `${requests} requests in ${seconds} s: ${ledger} in the ledger, ${spans} spans, ${counted} counted, ${mismatches} mismatches`,
    `${rateLimited} rate-limited, ${retries} retries, ${series} series`,
    ...differences.slice(0, MOST_DIFFERENCES_SHOWN),
  ].join("\n");
}
