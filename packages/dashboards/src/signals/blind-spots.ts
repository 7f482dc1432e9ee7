import { METRICS, OTHER_ERROR_CODE, UNMATCHED_TEMPLATE } from "@intercom-telemetry/core/contract";
import type { ThresholdKey } from "../config/thresholds.ts";
import { RECORDS } from "../names/records.ts";
import {
  allOf,
  compare,
  groupBy,
  maxBy,
  rate,
  ratio,
  select,
  sumBy,
  zeroIfAbsent,
} from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";
import { eventsInWindow, overWindow } from "../promql/windows.ts";

const HOUR = "1h";
const TELEMETRY_WINDOW = "15m";
const SCRAPES_WINDOW_SECONDS = 600;
const SCRAPES_WINDOW = "10m";
/** A scrape may be late; one in three missing is another interval. */
const LATE = 1.5;

/** One reason why the numbers are incomplete. */
export interface BlindSpot {
  /** Value of the label `reason`. */
  readonly reason: string;
  /** What is wrong, for the alert's text. */
  readonly meaning: string;
  /** What to do, for the runbook. */
  readonly remedy: string;
  readonly condition: (matchers?: readonly string[]) => string;
  readonly uses: readonly ThresholdKey[];
}

/** Shares that panels draw as well. */
export interface BlindShares {
  readonly notRecorded: (matchers?: readonly string[]) => string;
  readonly headersUnknown: (matchers?: readonly string[]) => string;
  readonly ofRequests: (matcher: string, matchers?: readonly string[]) => string;
}

/** Matcher for codes that the catalog does not have. */
export const UNKNOWN_CODE_MATCHER: string = `error_code="${OTHER_ERROR_CODE}"`;
/** Matcher for paths that are in no table. */
export const UNMATCHED_MATCHER: string = `url_template="${UNMATCHED_TEMPLATE}"`;

/** Shares of what was recorded only in part. */
export function blindShares({ config, raw, sum }: Promql): BlindShares {
  const byJob = [...config.groupLabels, "job"];
  return {
    notRecorded(matchers) {
      const failures = sumBy(byJob, rate(raw("failures", matchers), TELEMETRY_WINDOW));
      const requests = sumBy(byJob, rate(raw("requests", matchers), TELEMETRY_WINDOW));
      // A failure can keep its request from being counted, so requests alone would be too small a whole.
      return `${failures} / (${failures} + (${zeroIfAbsent(requests, failures)}) > 0)`;
    },
    headersUnknown(matchers) {
      const unknown = sum("job", rate(raw("rateLimitUnknown", matchers), TELEMETRY_WINDOW));
      return ratio(unknown, sum("job", rate(raw("requests", matchers), TELEMETRY_WINDOW)));
    },
    ofRequests: (matcher, matchers = []) =>
      ratio(
        sum("job", select(RECORDS.outcomeRequests, [...matchers, matcher])),
        sum("job", select(RECORDS.requests, matchers)),
      ),
  };
}

/** Everything that makes the other signals incomplete. */
export function blindSpots(promql: Promql, shares: BlindShares): readonly BlindSpot[] {
  const { config, labels, raw } = promql;
  const { thresholds, scrapeIntervalSeconds } = config;
  const byJob = [...config.groupLabels, "job"];
  const expectedScrapes = SCRAPES_WINDOW_SECONDS / scrapeIntervalSeconds;
  const busy = (matchers?: readonly string[]): string =>
    `${eventsInWindow(select(RECORDS.requests, matchers), HOUR)} >= ${thresholds.minimumRequests}`;
  const inAnHour =
    (matcher: string, key: ThresholdKey) =>
    (matchers: readonly string[] = []): string => {
      const chosen = promql.sum(
        "job",
        overWindow(select(RECORDS.outcomeRequests, [...matchers, matcher]), HOUR),
      );
      const all = overWindow(select(RECORDS.requests, matchers), HOUR);
      return allOf(compare(`${chosen} / (${all} > 0)`, ">", thresholds[key]), busy(matchers));
    };
  /** Scrapes of each process that was there all the time; one that was upgraded in between is the same. */
  const scrapes = (matchers?: readonly string[]): string => {
    const info = raw("info", matchers);
    const by = labels("instance");
    const there = `${groupBy(by, `${info} offset ${SCRAPES_WINDOW}`)} and ${groupBy(by, info)}`;
    return `${sumBy(by, `count_over_time(${info}[${SCRAPES_WINDOW}])`)} and ${there}`;
  };
  return [
    {
      reason: "rules_missing",
      meaning: "the recording rules are not loaded, so every other alert is silent",
      remedy:
        "Load `prometheus/intercom-client-recording-rules.yaml` into the Prometheus that evaluates the alerts, and look for errors under Status > Rules.",
      condition: (matchers) =>
        `${groupBy(byJob, raw("info", matchers))} unless ${groupBy(byJob, select(RECORDS.processes, matchers))}`,
      uses: [],
    },
    {
      reason: "not_recorded",
      meaning: "the instrumentation failed to record some requests; the callers did not notice",
      remedy: `Ask for the stage: \`sum by (job, stage) (increase(${METRICS.failures.name}[15m]))\`. \`on_outcome\` is your own function; report the others with the version.`,
      condition: (matchers) => compare(shares.notRecorded(matchers), ">", thresholds.telemetryFailureRatio),
      uses: ["telemetryFailureRatio"],
    },
    {
      reason: "duplicates",
      meaning: "each process is seen more than once, so every figure is too high",
      remedy:
        "Two Prometheus replicas write into one store without deduplication, or two scrape jobs reach the same target under one name. Deduplicate by the replica label, or name what tells them apart in `groupLabels`.",
      condition: (matchers) =>
        `${maxBy(labels("job"), `count by (${[...labels("instance"), "version"].join(", ")}) (${raw("info", matchers)})`)} > 1`,
      uses: [],
    },
    {
      reason: "slow_scrapes",
      meaning: "Prometheus scrapes less often than configured here",
      remedy:
        "Set `scrapeIntervalSeconds` to the interval of your scrape job, at most 60, and write the files again: live panels stay empty otherwise.",
      condition: (matchers) =>
        `${maxBy(labels("job"), scrapes(matchers))} < ${Number((expectedScrapes / LATE).toFixed(2))}`,
      uses: [],
    },
    {
      reason: "no_classic_histograms",
      meaning: "durations arrive without classic buckets, so latency panels and alerts are empty",
      remedy:
        "Keep classic histograms: `always_scrape_classic_histograms: true`, and `convert_classic_histograms_to_nhcb: false`.",
      condition: (matchers) =>
        `${groupBy(labels("job"), `${select(RECORDS.requests, matchers)} > 0`)} unless ${groupBy(labels("job"), select(RECORDS.durationBuckets, matchers))}`,
      uses: [],
    },
    {
      reason: "unknown_error_codes",
      meaning: "Intercom sends error codes that the catalog does not have",
      remedy:
        "Search spans for `intercom.error.code`, handle the code, and report it with its status and operation.",
      condition: inAnHour(UNKNOWN_CODE_MATCHER, "unknownErrorCodeRatio"),
      uses: ["unknownErrorCodeRatio", "minimumRequests"],
    },
    {
      reason: "unmatched_operations",
      meaning: "requests go to paths that are not in the operation table",
      remedy:
        "Look at the redacted path in spans without `url.template`: a typing error in the code, or an operation to report.",
      condition: inAnHour(UNMATCHED_MATCHER, "unmatchedOperationRatio"),
      uses: ["unmatchedOperationRatio", "minimumRequests"],
    },
    {
      reason: "rate_limit_unknown",
      meaning: "responses come without rate-limit headers, so nobody sees the limit coming",
      remedy: "Find the proxy that strips `X-RateLimit-*`, or the token that is refused.",
      condition: (matchers) =>
        allOf(
          compare(shares.headersUnknown(matchers), ">", thresholds.rateLimitUnknownRatio),
          busy(matchers),
        ),
      uses: ["rateLimitUnknownRatio", "minimumRequests"],
    },
  ];
}
