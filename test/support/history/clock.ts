/** When the made-up history ends, in seconds since the epoch: Tuesday 2026-03-10, 11:55 UTC. */
export const END_SECONDS: number = Date.UTC(2026, 2, 10, 11, 55) / 1000;

/** From here on every scrape is there; before it only what the long windows need. */
export const RECENT_START_SECONDS: number = END_SECONDS - 6.5 * 3600;

/** The first scrape. */
export const START_SECONDS: number = END_SECONDS - 8 * 86_400;

/** Time between two scrapes in the recent part. */
export const RECENT_STEP_SECONDS = 30;

/** Time between two pairs of scrapes before it; a pair is enough for a rate over one minute. */
export const SPARSE_STEP_SECONDS = 300;

/** Moments of all scrapes, in seconds since the epoch. */
export function listScrapes(startSeconds: number): readonly number[] {
  const scrapes: number[] = [];
  for (let time = startSeconds; time < RECENT_START_SECONDS; time += SPARSE_STEP_SECONDS) {
    scrapes.push(time - RECENT_STEP_SECONDS, time);
  }
  for (let time = RECENT_START_SECONDS; time <= END_SECONDS; time += RECENT_STEP_SECONDS) scrapes.push(time);
  return scrapes;
}
