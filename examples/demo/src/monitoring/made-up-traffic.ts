/** Time between two samples. */
export const STEP_SECONDS = 300;

/** The objective's period. */
const DAYS = 30;

/** What one client did, sample by sample, oldest first. Rates are per second. */
export interface MadeUpTraffic {
  readonly times: readonly number[];
  readonly calls: readonly number[];
  readonly failedCalls: readonly number[];
}

/** How the clients differ; further ones are like the first. */
const TEMPERS = [
  { callsPerSecond: 9, failedRatio: 0.0003 },
  { callsPerSecond: 14, failedRatio: 0.0005 },
] as const;

/** Part of the calls that failed in the one bad half hour, and how long before the end it began. */
const EPISODE = { failedRatio: 0.14, daysBefore: 3.4, seconds: 1800 };

const DAY_SECONDS = 86_400;

/** From 0 at night to 1 at noon, in UTC. */
const daylight = (epochSeconds: number): number =>
  0.5 - 0.5 * Math.cos((2 * Math.PI * (epochSeconds % DAY_SECONDS)) / DAY_SECONDS);

/** From 0 to 1, without a pattern that meets the eye, and the same on every run. */
function unrest(sample: number): number {
  const mixed = Math.sin(sample * 12.9898) * 43_758.5453;
  return mixed - Math.floor(mixed);
}

/**
 * Makes up thirty days of calls.
 *
 * @param client number of the client.
 * @param endEpochSeconds a multiple of {@link STEP_SECONDS}: the last sample.
 */
export function makeUpTraffic(client: number, endEpochSeconds: number): MadeUpTraffic {
  const { callsPerSecond, failedRatio } = TEMPERS[client] ?? TEMPERS[0];
  const count = (DAYS * DAY_SECONDS) / STEP_SECONDS;
  const times = Array.from(
    { length: count },
    (_, index) => endEpochSeconds - (count - 1 - index) * STEP_SECONDS,
  );
  const calls = times.map(
    (time, index) => callsPerSecond * (0.4 + 0.6 * daylight(time)) * (0.9 + 0.2 * unrest(index)),
  );
  const episodeStart = endEpochSeconds - EPISODE.daysBefore * DAY_SECONDS;
  const isEpisode = (time: number): boolean => time >= episodeStart && time < episodeStart + EPISODE.seconds;
  const failedCalls = times.map((time, index) => {
    const share = isEpisode(time) ? EPISODE.failedRatio : 2 * failedRatio * unrest(index + count);
    return (calls[index] ?? 0) * share;
  });
  return { times, calls, failedCalls };
}
