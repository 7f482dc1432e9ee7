import { buildRules, type DashboardsConfig } from "@intercom-telemetry/dashboards";
import type { Series } from "@intercom-telemetry/local-prometheus";
import { describe, expect, it } from "vitest";
import { connectStore } from "../../../packages/cli/src/dashboards/backtest/query-store.ts";
import {
  type AlertBacktest,
  runBacktest,
} from "../../../packages/cli/src/dashboards/backtest/run-backtest.ts";
import { type ProcessShape, processHistory } from "../../dashboards/history/fleet-history.ts";
import { findPrograms, needsPrograms } from "../support/find-programs.ts";
import { type StoreKind, startStore } from "../support/start-store.ts";
import { usePrograms } from "../support/use-programs.ts";

const HOUR_SECONDS = 3600;
const HOURS = 16;
const END_SECONDS = Date.UTC(2026, 2, 31) / 1000;
const START_SECONDS = END_SECONDS - HOURS * HOUR_SECONDS;
/** A cron job is up for the first five minutes of each hour. */
const CRON_SECONDS = 300;
const DEATH_HOUR = 8;
const SCRAPE_SECONDS = 30;

const STORES: readonly StoreKind[] = ["Prometheus", "VictoriaMetrics"];

/** A process as it was scraped while it was there. */
function scraped(job: string, isUp: (second: number) => boolean): readonly Series[] {
  const process: ProcessShape = {
    job,
    instance: `${job}:80`,
    client: job,
    limit: 1667,
    startEpochSeconds: START_SECONDS,
    traffic: [{ method: "GET", template: "/me", status: "200", perMinute: 60 }],
  };
  const seconds: number[] = [];
  for (let second = 0; second <= HOURS * HOUR_SECONDS; second += SCRAPE_SECONDS) seconds.push(second);
  return processHistory(process).map(({ metric, labels, valueAt }) => ({
    name: metric,
    labels,
    samples: seconds.filter(isUp).flatMap((second) => {
      const value = valueAt(second);
      return value === undefined ? [] : [[START_SECONDS + second, value] as const];
    }),
  }));
}

const HISTORY = [
  ...scraped("cron", (second) => second % HOUR_SECONDS <= CRON_SECONDS),
  ...scraped("service", (second) => second <= DEATH_HOUR * HOUR_SECONDS),
];

/** The alert that says that metrics are missing. */
async function findAbsences(url: string, config: DashboardsConfig): Promise<AlertBacktest["episodes"]> {
  const { alerts } = await runBacktest({
    groups: buildRules({ scrapeIntervalSeconds: SCRAPE_SECONDS, ...config }).groups,
    queryRange: connectStore({ url }),
    startSeconds: START_SECONDS,
    endSeconds: END_SECONDS,
    stepSeconds: 60,
  });
  expect(alerts.filter(({ problem }) => problem !== undefined)).toEqual([]);
  return alerts.find(({ alert }) => alert === "IntercomClientMetricsAbsent")?.episodes ?? [];
}

describe.skipIf(findPrograms("newer") === undefined)(needsPrograms("newer", "an hourly cron job"), () => {
  usePrograms("newer");

  it.each(STORES)("is missed each hour when nothing says that it comes and goes, in %s", async (kind) => {
    const url = await startStore(kind, HISTORY);
    const absences = await findAbsences(url, {});
    expect(absences.filter(({ labels }) => labels.job === "cron").length).toBeGreaterThanOrEqual(HOURS - 1);
  });

  it.each(STORES)(
    "is never missed as a batch job, while a service that died is until the end, in %s",
    async (kind) => {
      const url = await startStore(kind, HISTORY);
      const absences = await findAbsences(url, { batchJobs: ["cron"] });
      expect(absences.map(({ labels }) => labels.job)).toEqual(["service"]);
      const [absence] = absences;
      const minutes = ((absence?.firingEpochSeconds ?? 0) - START_SECONDS) / 60 - DEATH_HOUR * 60;
      expect(minutes).toBeGreaterThan(5);
      expect(minutes).toBeLessThan(30);
      expect(absence?.resolvedEpochSeconds).toBeUndefined();
    },
  );
});
