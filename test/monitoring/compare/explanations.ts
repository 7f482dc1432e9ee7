import { type Difference, distance } from "./compare.ts";
import { listTurns } from "./fleet.ts";

/** A difference between VictoriaMetrics and Prometheus that is by design, and how far it may go. */
interface Explanation {
  readonly why: string;
  readonly covers: (difference: Difference, secondsSinceTurn: number) => boolean;
}

/** The longest window that a panel reads raw counters over. */
const LONGEST_WINDOW_SECONDS = 900;
/** Prometheus's look-back. */
const LOOK_BACK_SECONDS = 300;

export const EXPLANATIONS: readonly Explanation[] = [
  {
    why: "rate() after a restart: Prometheus extrapolates to the edges of the window, VictoriaMetrics counts from the sample before it, so that one scrape more is seen",
    covers: ({ left, right }, since) => since <= LONGEST_WINDOW_SECONDS && distance(left, right) <= 0.1,
  },
  {
    why: "a series that ended without a stale marker, as in all backfilled history: Prometheus shows it for five minutes, VictoriaMetrics for as long as its scrapes suggest",
    covers: ({ left, right }, since) =>
      since <= LOOK_BACK_SECONDS && left !== undefined && (right === undefined || right < left),
  },
];

const turns = listTurns();

/** Why two systems differ, where that is known and by design. */
export function explain(difference: Difference): string | undefined {
  const since = turns.map((turn) => difference.epochSeconds - turn).filter((seconds) => seconds >= 0);
  const secondsSinceTurn = Math.min(Number.POSITIVE_INFINITY, ...since);
  return EXPLANATIONS.find(({ covers }) => covers(difference, secondsSinceTurn))?.why;
}
