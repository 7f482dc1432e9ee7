import type { ErrorCategory } from "@intercom-telemetry/core/facts";
import type { ThresholdKey } from "../config/thresholds.ts";
import { RATE_WINDOW_SECONDS, RECORDS } from "../names/records.ts";
import { categoryMatcher, NEWSWORTHY, WORKED_MATCHER } from "../promql/categories.ts";
import { ratio, select } from "../promql/idioms.ts";
import type { Promql, Scope } from "../promql/promql.ts";
import { eventsInWindow, overWindow } from "../promql/windows.ts";
import type { AlertThreshold } from "./signal.ts";

/** How long a little traffic is watched for failing altogether. */
export const FEW_WINDOW = "30m";

/** How long refusals that never heal are remembered. */
export const REFUSAL_WINDOW = "6h";

/** How long those of a batch that runs once a day are. */
const DAILY_WINDOW = "2d";

/** Failures that somebody has to lift: no retry and no patience ever does. */
const REFUSALS: readonly ErrorCategory[] = ["auth", "permission", "plan"];

/** Conditions from the thresholds of the configuration, by scope. */
export interface Conditions {
  readonly above: (key: ThresholdKey) => AlertThreshold;
  readonly below: (key: ThresholdKey) => AlertThreshold;
  /** Share of requests with certain endings, over the last 5 minutes. */
  readonly share: (scope: Scope, endings: readonly string[], matchers?: readonly string[]) => string;
  /** True when a job made enough requests in 5 minutes for a share of them to mean something. */
  readonly enough: (matchers?: readonly string[]) => string;
  /** Failures of some kinds while nothing worked, as their number; holds at any volume. */
  readonly allFailed: (
    scope: Scope,
    categories: readonly ErrorCategory[],
    matchers?: readonly string[],
  ) => string;
  /** Failures of several kinds in a job where nothing worked, each kind too rare for its own alert, as their number. */
  readonly mixedFailed: (matchers?: readonly string[]) => string;
}

const requestsOf = (scope: Scope): string =>
  scope === "instance" ? RECORDS.instanceRequests : RECORDS.outcomeRequests;

/** Binds the thresholds. */
export function createConditions({ config, sum }: Promql): Conditions {
  const { thresholds } = config;
  const above = (key: ThresholdKey): AlertThreshold => ({
    value: thresholds[key],
    comparison: ">",
    key,
    setting: `thresholds.${key}`,
  });

  const count = (scope: Scope, categories: readonly ErrorCategory[]) => {
    return (matchers: readonly string[], window: string): string => {
      const failed = select(requestsOf(scope), [...matchers, categoryMatcher(...categories)]);
      return sum(scope, eventsInWindow(failed, window));
    };
  };

  function worked(scope: Scope, matchers: readonly string[], window: string): string {
    if (scope === "job") return `${overWindow(select(RECORDS.worked, matchers), window)} > 0`;
    return `${sum(scope, overWindow(select(requestsOf(scope), [...matchers, WORKED_MATCHER]), window))} > 0`;
  }

  function failedAlone(
    scope: Scope,
    categories: readonly ErrorCategory[],
    matchers: readonly string[],
    { window, atLeast }: { readonly window: string; readonly atLeast: number },
  ): string {
    const events = `round(${count(scope, categories)(matchers, window)}) >= ${atLeast}`;
    return `(${events} unless ${worked(scope, matchers, window)})`;
  }

  /** A batch that runs once a day and ends at the first refusal, for some hours after each run. */
  function refusedDaily(refusals: readonly ErrorCategory[], matchers: readonly string[]): string {
    const refused = count("job", refusals);
    const latest = `round(${refused(matchers, REFUSAL_WINDOW)}) > 0`;
    const events = `round(${refused(matchers, DAILY_WINDOW)}) >= ${thresholds.minimumRefusals}`;
    return `(${latest} and ${events} unless ${worked("job", matchers, DAILY_WINDOW)})`;
  }

  return {
    above,
    below: (key) => ({ ...above(key), comparison: "<" }),
    share: (scope, endings, matchers = []) =>
      ratio(
        sum(scope, select(requestsOf(scope), [...matchers, ...endings])),
        sum(scope, select(requestsOf(scope), matchers)),
      ),
    enough: (matchers) =>
      `${select(RECORDS.requests, matchers)} * ${RATE_WINDOW_SECONDS} >= ${thresholds.minimumRequests}`,
    allFailed(scope, categories, matchers = []) {
      const refusals = categories.filter((category) => REFUSALS.includes(category));
      const few = failedAlone(scope, categories, matchers, {
        window: FEW_WINDOW,
        atLeast: thresholds.minimumFailures,
      });
      if (refusals.length === 0) return few;
      const rare = failedAlone(scope, refusals, matchers, {
        window: REFUSAL_WINDOW,
        atLeast: thresholds.minimumRefusals,
      });
      if (scope !== "job") return `${few}\nor\n${rare}`;
      return `${few}\nor\n${rare}\nor\n${refusedDaily(refusals, matchers)}`;
    },
    mixedFailed(matchers = []) {
      const all = failedAlone("job", NEWSWORTHY, matchers, {
        window: FEW_WINDOW,
        atLeast: thresholds.minimumFailures,
      });
      const kinds: readonly (readonly [readonly ErrorCategory[], number])[] = [
        ...REFUSALS.map((category) => [[category], thresholds.minimumRefusals] as const),
        [["validation", "client"], thresholds.minimumFailures],
      ];
      const owned = kinds.map(
        ([categories, atLeast]) => `round(${count("job", categories)(matchers, FEW_WINDOW)}) >= ${atLeast}`,
      );
      return `${all}\nunless\n(${owned.join(" or ")})`;
    },
  };
}

/** The labels of a scope, for `on (...)`. */
export function onLabels(promql: Promql, scope: Scope): string {
  return `on (${promql.labels(scope).join(", ")})`;
}
