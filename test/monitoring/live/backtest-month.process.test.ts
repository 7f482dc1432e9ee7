import { buildRules, type RuleGroup } from "@intercom-telemetry/dashboards";
import { describe, expect, it } from "vitest";
import type { Episode } from "../../../packages/cli/src/dashboards/backtest/episodes.ts";
import { connectStore } from "../../../packages/cli/src/dashboards/backtest/query-store.ts";
import {
  type BacktestReport,
  runBacktest,
} from "../../../packages/cli/src/dashboards/backtest/run-backtest.ts";
import {
  type Incident,
  MONTH_CONFIG,
  MONTH_DAYS,
  MONTH_END_SECONDS,
  monthOf,
  startOf,
} from "../../cli/backtest/month.ts";
import { findPrograms, needsPrograms } from "../support/find-programs.ts";
import { type StoreKind, startStore } from "../support/start-store.ts";
import { usePrograms } from "../support/use-programs.ts";

const STORES: readonly StoreKind[] = ["Prometheus", "VictoriaMetrics"];
const TOKEN: Incident = {
  startDay: 26,
  minutes: 45,
  failure: { status: "401", code: "token_revoked", retryable: false },
};
const OUTAGE: Incident = {
  startDay: 28,
  minutes: 90,
  failure: { status: "503", code: "service_unavailable", retryable: true },
};
const { groups } = buildRules(MONTH_CONFIG);
const MINUTE_SECONDS = 60;

const DAY_SECONDS = 86_400;
/** Long enough for both incidents. */
const SOME_DAYS = 5;

function runDays(
  url: string,
  days: number,
  stepSeconds: number,
  rules: readonly RuleGroup[] = groups,
): Promise<BacktestReport> {
  return runBacktest({
    groups: rules,
    queryRange: connectStore({ url }),
    startSeconds: MONTH_END_SECONDS - days * DAY_SECONDS,
    endSeconds: MONTH_END_SECONDS,
    stepSeconds,
  });
}

const fired = ({ alerts }: BacktestReport) => alerts.filter(({ episodes }) => episodes.length > 0);

/** Minutes from the start of an incident to an episode of it, and from its end to the end of the episode. */
function delays(
  incident: Incident,
  { firingEpochSeconds, resolvedEpochSeconds = Number.NaN }: Episode,
): readonly number[] {
  const end = startOf(incident) + incident.minutes * MINUTE_SECONDS;
  return [firingEpochSeconds - startOf(incident), resolvedEpochSeconds - end].map(
    (seconds) => seconds / MINUTE_SECONDS,
  );
}

describe.skipIf(findPrograms("newer") === undefined)(needsPrograms("newer", "a month in the past"), () => {
  usePrograms("newer");

  it.each(STORES)("would have paged for each of two incidents, says %s", async (kind) => {
    const report = await runDays(await startStore(kind, monthOf([TOKEN, OUTAGE])), SOME_DAYS, MINUTE_SECONDS);
    expect(report.alerts.filter(({ problem }) => problem !== undefined)).toEqual([]);
    expect(report.coverageRatio).toBe(1);
    const pages = fired(report).filter(({ severity }) => severity === "critical");
    for (const incident of [TOKEN, OUTAGE]) {
      const episodes = pages.flatMap((page) => page.episodes);
      const own = episodes.filter(({ firingEpochSeconds }) => {
        const since = firingEpochSeconds - startOf(incident);
        return since >= 0 && since <= incident.minutes * MINUTE_SECONDS;
      });
      const quickest = own.map((episode) => delays(incident, episode)).sort(([a = 0], [b = 0]) => a - b)[0];
      const [untilFiring = Number.NaN, untilResolved = Number.NaN] = quickest ?? [];
      expect(untilFiring).toBeLessThanOrEqual(10);
      expect(Math.abs(untilResolved)).toBeLessThanOrEqual(15);
    }
    for (const { alert, episodes } of pages) {
      const stray = episodes.filter(({ firingEpochSeconds: time }) =>
        [TOKEN, OUTAGE].every((each) => time < startOf(each) || time > startOf(each) + DAY_SECONDS),
      );
      expect(stray, alert).toEqual([]);
    }
  });

  it.each(STORES)("would have been quiet when nothing happened, says %s", async (kind) => {
    const report = await runDays(await startStore(kind, monthOf([])), MONTH_DAYS, 10 * MINUTE_SECONDS);
    expect(fired(report)).toEqual([]);
    expect(report.alerts.filter(({ problem }) => problem !== undefined)).toEqual([]);
  });

  it("comes out the same from a Prometheus that carries little at once", async () => {
    const series = monthOf([OUTAGE]);
    const alerting = groups.findIndex(({ rules }) => rules.some((rule) => "alert" in rule));
    const some = groups.slice(0, alerting + 1);
    const ample = await runDays(await startStore("Prometheus", series), SOME_DAYS, MINUTE_SECONDS, some);
    const sparing = await runDays(
      await startStore("Prometheus", series, ["--query.max-samples=1000000"]),
      SOME_DAYS,
      MINUTE_SECONDS,
      some,
    );
    expect(fired(ample)).not.toEqual([]);
    expect(sparing).toEqual(ample);
  });
});
