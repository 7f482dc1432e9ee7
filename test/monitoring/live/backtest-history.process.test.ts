import { buildRules } from "@intercom-telemetry/dashboards";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Episode } from "../../../packages/cli/src/dashboards/backtest/episodes.ts";
import { connectStore } from "../../../packages/cli/src/dashboards/backtest/query-store.ts";
import { runBacktest } from "../../../packages/cli/src/dashboards/backtest/run-backtest.ts";
import { END_SECONDS, RECENT_STEP_SECONDS, SPARSE_STEP_SECONDS } from "../../support/history/clock.ts";
import { makeHistory } from "../../support/history/make-history.ts";
import { findPrograms, needsPrograms } from "../support/find-programs.ts";
import { usePrograms } from "../support/use-programs.ts";

const HOURS_SECONDS = 6 * 3600;

interface RawSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

/** Every sample of Prometheus's own series of firing alerts. */
async function readAlerts(url: string): Promise<readonly RawSeries[]> {
  const query = encodeURIComponent(`ALERTS{alertstate="firing"}[${HOURS_SECONDS}s]`);
  const response = await fetch(`${url}/api/v1/query?time=${END_SECONDS}&query=${query}`);
  const { data } = (await response.json()) as { readonly data: { readonly result: readonly RawSeries[] } };
  return data.result;
}

const nameOf = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .filter(([label]) => label !== "__name__" && label !== "alertstate")
    .map((pair) => pair.join("="))
    .sort()
    .join(",");

/** A stretch in which an alert fired. */
interface Stretch {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Each stretch of an alert. */
function stretchesOf({ metric, values }: RawSeries): readonly Stretch[] {
  const times = values.map(([time]) => time);
  const starts = times.filter((time) => !times.includes(time - RECENT_STEP_SECONDS));
  const ends = times.filter((time) => !times.includes(time + RECENT_STEP_SECONDS));
  return starts.map((from, index) => ({ name: nameOf(metric), from, to: ends[index] ?? from }));
}

function toStretch(alert: string, episode: Episode): Stretch {
  const { resolvedEpochSeconds = END_SECONDS + RECENT_STEP_SECONDS } = episode;
  const name = nameOf({ ...episode.labels, alertname: alert });
  return { name, from: episode.firingEpochSeconds, to: resolvedEpochSeconds - RECENT_STEP_SECONDS };
}

const inOrder = (stretches: readonly Stretch[]): readonly Stretch[] =>
  [...stretches].sort((a, b) => a.name.localeCompare(b.name) || a.from - b.from);

/**
 * How far two may be apart. Only the windows of the burn rates reach back to where scrapes are sparse. There the recorded
 * rates hold until the next ones, and the backtest computes a rate for each minute.
 */
const toleranceOf = ({ name }: Stretch): number =>
  name.includes("IntercomClientErrorBudgetBurn") ? SPARSE_STEP_SECONDS / 2 : 0;

describe.skipIf(findPrograms("newer") === undefined)(
  needsPrograms("newer", "the history that the pictures show"),
  () => {
    usePrograms("newer");

    it("says of each alert what Prometheus says that evaluated the recording rules", async () => {
      const history = await makeHistory();
      onTestFinished(() => history.close());
      const { alerts } = await runBacktest({
        groups: buildRules({ scrapeIntervalSeconds: RECENT_STEP_SECONDS }).groups,
        queryRange: connectStore({ url: history.prometheusUrl }),
        startSeconds: END_SECONDS - HOURS_SECONDS + RECENT_STEP_SECONDS,
        endSeconds: END_SECONDS,
        stepSeconds: RECENT_STEP_SECONDS,
      });
      expect(alerts.filter(({ problem }) => problem !== undefined)).toEqual([]);
      const found = alerts.flatMap(({ alert, episodes }) =>
        episodes.map((episode) => toStretch(alert, episode)),
      );
      const expected = (await readAlerts(history.prometheusUrl)).flatMap(stretchesOf);
      expect(expected.length).toBeGreaterThan(5);
      const [ours, theirs] = [inOrder(found), inOrder(expected)];
      expect(ours.map(({ name }) => name)).toEqual(theirs.map(({ name }) => name));
      const apart = theirs.filter((stretch, index) => {
        const { from = 0, to = 0 } = ours[index] ?? {};
        return Math.max(Math.abs(from - stretch.from), Math.abs(to - stretch.to)) > toleranceOf(stretch);
      });
      expect(apart).toEqual([]);
    });
  },
);
