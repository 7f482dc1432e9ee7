import { METRICS } from "@intercom-telemetry/core/contract";

/** A number that decides whether an alert fires. Panels draw the same number. */
export interface ThresholdDefinition {
  readonly default: number;
  /** What the number counts. `ratio` is 0 to 1. */
  readonly unit: "ratio" | "seconds" | "requests" | "calls" | "windows" | "processes" | "severity";
  readonly why: string;
  readonly tune: string;
}

/** Short name of a threshold, as written in the configuration. */
export type ThresholdKey =
  | "unavailableRatio"
  | "unauthorizedRatio"
  | "forbiddenRatio"
  | "planRestrictedRatio"
  | "rateLimitedRatio"
  | "rateLimitedSevereRatio"
  | "windowEdgeRatio"
  | "tightWindowsRatio"
  | "othersUsedRatio"
  | "slowRequestsRatio"
  | "retryRatio"
  | "invalidRequestsRatio"
  | "notFoundRatio"
  | "uncertainWritesRatio"
  | "stuckProcesses"
  | "unknownErrorCodeRatio"
  | "unmatchedOperationRatio"
  | "rateLimitUnknownRatio"
  | "telemetryFailureRatio"
  | "probeFailureRatio"
  | "probeStaleSeconds"
  | "clockSkewSeconds"
  | "platformSeverity"
  | "trafficDropRatio"
  | "minimumRequests"
  | "minimumFailedCalls"
  | "minimumFailures"
  | "minimumRefusals"
  | "minimumWindows";

const ratio = (value: number, why: string, tune: string): ThresholdDefinition => ({
  default: value,
  unit: "ratio",
  why,
  tune,
});

/** Every threshold with its default, the reason for it and when to move it. */
export const THRESHOLDS: Readonly<Record<ThresholdKey, ThresholdDefinition>> = {
  unavailableRatio: ratio(
    0.5,
    "Half of the calls failing is an outage for the people who wait for them.",
    "Lower it when nothing retries for you and a tenth of lost calls already hurts.",
  ),
  unauthorizedRatio: ratio(
    0.05,
    "A token is accepted or it is not; a few percent leave room for several tokens under one client name.",
    "Raise it when one client name covers many workspaces whose owners uninstall the app now and then.",
  ),
  forbiddenRatio: ratio(
    0.05,
    "Missing permissions show on every request of one kind, so even a small kind passes this share.",
    "Raise it when your product tries calls on purpose to find out what a workspace allows.",
  ),
  planRestrictedRatio: ratio(
    0.05,
    "A plan that lacks a feature refuses all of its calls.",
    "Raise it when you serve workspaces on many plans and handle the refusal.",
  ),
  rateLimitedRatio: ratio(
    0.05,
    "Retries heal a few percent within a window or two; above that, work queues up.",
    "Raise it for batch jobs that are meant to run at the limit.",
  ),
  rateLimitedSevereRatio: ratio(
    0.25,
    "With a quarter refused, retries feed the next window's refusals and the queue no longer drains.",
    "Keep it well above rateLimitedRatio.",
  ),
  windowEdgeRatio: ratio(
    0.8,
    "From here on one burst closes the window.",
    `Must be a bucket of the window histogram: ${METRICS.windowUsage.buckets?.join(", ")}.`,
  ),
  tightWindowsRatio: ratio(
    0.25,
    "One window in four above the edge means that normal load, not a burst, uses the quota up.",
    "Raise it for planned batch work; lower it to be told earlier.",
  ),
  othersUsedRatio: ratio(
    0.1,
    "Less than a tenth of the quota is within what sampling a window can show.",
    "Raise it when other apps of the workspace are meant to share the quota.",
  ),
  slowRequestsRatio: ratio(
    0.1,
    "Search pages are slow by nature; one request in ten is more than they explain.",
    "Raise it for clients that mostly search or export.",
  ),
  retryRatio: ratio(
    0.3,
    "With three requests in ten being retries, most of them fail again.",
    "Raise it for clients that are meant to run at the limit.",
  ),
  invalidRequestsRatio: ratio(
    0.1,
    "Bad input from people causes a few percent at most; a deploy that builds requests wrongly causes more.",
    "Raise it when you pass user input on unchecked.",
  ),
  notFoundRatio: ratio(
    0.5,
    "Lookups miss now and then; when more than half do, ids come from the wrong place or the base URL is wrong.",
    "Raise it when you look records up to find out whether they exist.",
  ),
  uncertainWritesRatio: ratio(
    0.01,
    "A POST that times out may have happened: each one can be a duplicate or a loss.",
    "Raise it when your writes carry keys of your own by which duplicates are found.",
  ),
  stuckProcesses: {
    default: 0,
    unit: "processes",
    why: "A process whose requests never end will not recover by itself.",
    tune: "Raise it when you run enough processes that a stuck one is replaced automatically.",
  },
  unknownErrorCodeRatio: ratio(
    0.01,
    "A code outside the catalog has no advice; 1% is enough to be worth a look.",
    "Raise it until the catalog has the code.",
  ),
  unmatchedOperationRatio: ratio(
    0.01,
    "Requests outside the operation table share one label, so nothing about them can be told apart.",
    "Raise it when you call an undocumented operation on purpose.",
  ),
  rateLimitUnknownRatio: ratio(
    0.5,
    "Authenticated responses carry the headers; without them nobody sees the limit coming.",
    "Raise it when most of your calls go to operations whose responses lack them.",
  ),
  telemetryFailureRatio: ratio(0.01, "From 1% on, the figures are visibly wrong.", "Leave it."),
  probeFailureRatio: ratio(
    0.5,
    "Single failed probes are network noise; half of a quarter of an hour is not.",
    "Lower it when the probe is your only view of Intercom.",
  ),
  probeStaleSeconds: {
    default: 900,
    unit: "seconds",
    why: "Fifteen missed probes at the default interval.",
    tune: "Keep it at several times the interval of your probe.",
  },
  clockSkewSeconds: {
    default: 5,
    unit: "seconds",
    why: "Half a window: from here on, waiting for the reset ends in the wrong window.",
    tune: "Keep it at half of windowSeconds or below.",
  },
  platformSeverity: {
    default: 1,
    unit: "severity",
    why: "Above 1 is worse than planned maintenance.",
    tune: "2 leaves out degraded performance, 0 includes maintenance.",
  },
  trafficDropRatio: ratio(
    0.2,
    "A fifth of last week's traffic at the same hour is not a seasonal dip.",
    "Lower it when your weeks differ much.",
  ),
  minimumRequests: {
    default: 20,
    unit: "requests",
    why: "A share of fewer requests than this is chance.",
    tune: "Lower it for quiet clients; each alert that uses it becomes more sensitive.",
  },
  minimumFailedCalls: {
    default: 10,
    unit: "calls",
    why: "At low traffic one failed call is a large share; nobody should be woken for it.",
    tune: "Lower it when every single call matters.",
  },
  minimumFailures: {
    default: 3,
    unit: "requests",
    why: "Three failures in half an hour without one success are not chance, however little traffic there is.",
    tune: "Raise it for jobs whose every request may fail for a while.",
  },
  minimumRefusals: {
    default: 2,
    unit: "requests",
    why: "A refused token, permission or plan never heals by itself, so two refusals in six hours without one success are enough. For what runs once a day, two in two days are.",
    tune: "Raise it to 3 when a single retry after a refusal is normal.",
  },
  minimumWindows: {
    default: 10,
    unit: "windows",
    why: "A process that saw two windows knows nothing about the quarter of an hour.",
    tune: "Lower it when every process makes only a few requests.",
  },
};

/** A value for each threshold. */
export type Thresholds = Readonly<Record<ThresholdKey, number>>;
