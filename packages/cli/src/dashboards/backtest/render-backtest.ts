import { formatDuration } from "@intercom-telemetry/guards/duration";
import type { Episode } from "./episodes.ts";
import type { AlertBacktest, BacktestReport } from "./run-backtest.ts";

/** Most episodes that are listed for one alert. */
const MOST_LISTED = 10;
const MINUTE_SECONDS = 60;

const formatTime = (epochSeconds: number): string =>
  new Date(epochSeconds * 1000).toISOString().slice(0, 16).replace("T", " ");

const minutesOf = ({ firingEpochSeconds, resolvedEpochSeconds }: Episode, endSeconds: number): number =>
  Math.round(((resolvedEpochSeconds ?? endSeconds) - firingEpochSeconds) / MINUTE_SECONDS);

function describeEpisode(episode: Episode, endSeconds: number): string {
  const { severity: _, ...labels } = episode.labels;
  const place = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  const until = episode.resolvedEpochSeconds;
  const end = until === undefined ? "still firing    " : formatTime(until);
  const minutes = `${minutesOf(episode, endSeconds)} min`;
  return `  ${formatTime(episode.firingEpochSeconds)}  ${end}  ${minutes.padStart(9)}  ${place.join(" ")}`.trimEnd();
}

function describeAlert({ alert, severity, episodes }: AlertBacktest, endSeconds: number): string {
  const minutes = episodes.reduce((sum, episode) => sum + minutesOf(episode, endSeconds), 0);
  const times = episodes.length === 1 ? "once" : `${episodes.length} times`;
  const listed = episodes.slice(0, MOST_LISTED).map((episode) => describeEpisode(episode, endSeconds));
  const more = episodes.length - listed.length;
  return [
    `${alert} (${severity}): ${times}, ${minutes} min`,
    ...listed,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join("\n");
}

/**
 * The report for a terminal. Times are UTC.
 *
 * @param evaluationIntervalSeconds at which Prometheus evaluates the rules.
 */
export function renderBacktest(report: BacktestReport, evaluationIntervalSeconds: number): string {
  const { startSeconds, endSeconds, stepSeconds, coverageRatio, alerts } = report;
  const step = formatDuration(stepSeconds);
  const coarse =
    stepSeconds > evaluationIntervalSeconds
      ? `, which is coarser than the rules' ${formatDuration(evaluationIntervalSeconds)}: what lasts less than ${step} may be missed`
      : "";
  const fired = alerts.filter(({ episodes }) => episodes.length > 0);
  const failed = alerts.filter(({ problem }) => problem !== undefined);
  const silent = alerts.length - fired.length - failed.length;
  return [
    `${formatTime(startSeconds)} to ${formatTime(endSeconds)} UTC, evaluated every ${step}${coarse}`,
    `the store has metrics for ${Math.round(coverageRatio * 100)}% of that time`,
    "",
    ...fired.map((alert) => describeAlert(alert, endSeconds)),
    ...failed.map(({ alert, problem }) => `${alert}: not evaluated: ${problem}`),
    `${fired.length} of ${alerts.length} alerts would have fired, ${silent} would have been silent`,
    "",
  ].join("\n");
}
