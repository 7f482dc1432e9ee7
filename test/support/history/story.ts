import { END_SECONDS } from "./clock.ts";

/** What happens at a moment, each from 0 (nothing) to 1 (in full). */
export interface Story {
  /** A campaign sends as fast as it can. */
  readonly campaign: number;
  /** Intercom responds with 503 and slowly. */
  readonly outage: number;
  /** The token of the first service is refused. */
  readonly revoked: number;
  /** A deploy builds wrong requests. */
  readonly badDeploy: number;
}

/** How long before the end the broken version was deployed. */
const BAD_DEPLOY_HOURS = 3.6;

/** When the broken version was deployed, in seconds since the epoch. */
export const DEPLOY_SECONDS: number = END_SECONDS - BAD_DEPLOY_HOURS * 3600;

const hoursBeforeEnd = (hours: number): number => END_SECONDS - hours * 3600;

/** Rises in two minutes, stays, and falls in two minutes. */
function episode(timeSeconds: number, startSeconds: number, lengthMinutes: number): number {
  const RAMP_SECONDS = 120;
  const fromEdge = Math.min(timeSeconds - startSeconds, startSeconds + lengthMinutes * 60 - timeSeconds);
  return Math.max(0, Math.min(1, fromEdge / RAMP_SECONDS));
}

/** What happens at a moment: four episodes in the last six hours, the last not over yet, and one four days before. */
export function tellStory(timeSeconds: number): Story {
  return {
    revoked: episode(timeSeconds, hoursBeforeEnd(5), 12),
    badDeploy: episode(timeSeconds, hoursBeforeEnd(BAD_DEPLOY_HOURS), 40),
    campaign: episode(timeSeconds, hoursBeforeEnd(2.2), 35),
    outage: Math.max(
      episode(timeSeconds, hoursBeforeEnd(0.3), 60),
      episode(timeSeconds, hoursBeforeEnd(97), 12),
    ),
  };
}

/** Office hours: 0.4 at night, 1 around noon. */
export function dailyShare(timeSeconds: number): number {
  const hourOfDay = (timeSeconds / 3600) % 24;
  return 0.7 - 0.3 * Math.cos(((hourOfDay - 0.5) / 24) * 2 * Math.PI);
}

/** A number from 0 to 1 that looks random and is the same on every run. */
export function wobble(seed: number, timeSeconds: number): number {
  const mixed = Math.sin(seed * 127.1 + timeSeconds * 0.3117) * 43_758.5453;
  return mixed - Math.floor(mixed);
}
