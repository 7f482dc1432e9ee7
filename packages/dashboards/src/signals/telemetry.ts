import { PANEL_IDS } from "../names/panel-ids.ts";
import { RECORDS } from "../names/records.ts";
import { groupBy, noneOf, oneOf, select, sumBy, withLabel } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";
import type { BlindShares, BlindSpot } from "./blind-spots.ts";
import { blindShares, blindSpots } from "./blind-spots.ts";
import type { Signal } from "./signal.ts";

/** How long a job that vanished without having been announced is missed. */
export const ABSENCE_MEMORY = "7d";

/** Questions about the telemetry itself. */
export interface TelemetrySignals {
  readonly metricsAbsent: Signal;
  readonly blindSpot: Signal;
  readonly blindSpots: readonly BlindSpot[];
  readonly shares: BlindShares;
  /** Log-ins at `/metrics` that were refused in a quarter of an hour, by process. */
  readonly refusedLogins: (matchers?: readonly string[]) => string;
}

function absence({ config, labels, raw }: Promql): string {
  const { batchJobs, expectedJobs, groupLabels } = config;
  const byJob = [...groupLabels, "job"];
  const matchers = batchJobs.length === 0 ? [] : [noneOf("job", batchJobs)];
  const seen = groupBy(
    labels("job"),
    `present_over_time(${select(RECORDS.processes, matchers)}[${ABSENCE_MEMORY}])`,
  );
  const vanished = `${seen}\nunless\n${groupBy(labels("job"), RECORDS.processes)}`;
  if (expectedJobs.length === 0) return vanished;
  const missing = expectedJobs.map((job) => {
    const metrics = [raw("info", [oneOf("job", [job])]), raw("probeSuccess", [oneOf("job", [job])])];
    // Of a union, absence knows no labels.
    return groupBy(byJob, withLabel(`absent(${metrics.join(" or ")})`, "job", job));
  });
  return `${vanished}\nor\n((${missing.join(" or ")}) unless on (${byJob.join(", ")}) (${vanished}))`;
}

/** Whether the numbers exist, and whether they are complete. */
export function telemetrySignals(promql: Promql): TelemetrySignals {
  const { config, labels, raw } = promql;
  const shares = blindShares(promql);
  const spots = blindSpots(promql, shares);
  const anySpot = (matchers?: readonly string[]): string =>
    spots
      .map(({ reason, condition }) => withLabel(`(${condition(matchers)})`, "reason", reason))
      .join("\nor\n");
  return {
    shares,
    refusedLogins: (matchers) =>
      sumBy([...config.groupLabels, "job", "instance"], `increase(${raw("refusedLogins", matchers)}[15m])`),
    blindSpots: spots,
    metricsAbsent: {
      unit: "none",
      panel: { dashboard: "overview", id: PANEL_IDS.overview.jobs },
      value: (_, matchers) => select(RECORDS.processes, matchers),
      condition: () => absence(promql),
      alsoUses: [],
      identity: labels("job"),
      guidance: {
        errorCodes: [],
        queries: [
          { question: "Are its targets up?", expr: "sum by (job) (up)" },
          { question: "Which jobs and clients report?", expr: `count by (job, client) (${raw("info")})` },
        ],
        spanFilters: [],
      },
    },
    blindSpot: {
      unit: "none",
      panel: { dashboard: "overview", id: PANEL_IDS.overview.blindSpots },
      value: (_, matchers) => anySpot(matchers),
      condition: anySpot,
      alsoUses: [...new Set(spots.flatMap(({ uses }) => uses))],
      identity: [...labels("job"), "reason"],
      guidance: {
        errorCodes: [],
        queries: [
          {
            question: "At which stage was something not recorded?",
            expr: `sum by (job, stage) (increase(${raw("failures")}[15m]))`,
          },
          {
            question: "Which processes report, in which version?",
            expr: `count by (job, version) (${raw("info")})`,
          },
        ],
        spanFilters: ["url.template does not exist", "intercom.rate_limit.limit does not exist"],
      },
    },
  };
}
