import type { Bench } from "./workers.ts";

/** What a scrape costs, beside prom-client's own metrics with the same series. */
export interface Scrape {
  readonly series: number;
  readonly bytes: number;
  readonly oursMilliseconds: number;
  readonly plainMilliseconds: number;
  /** The longest turn of the event loop during a scrape. */
  readonly oursTurnMilliseconds: number;
  readonly plainTurnMilliseconds: number;
}

/** How many series a page has, at least. */
const SIZES = [5000, 50_000];

/** Measures both sizes of page, with prom-client in the version that `library` names. */
export function measureScrapes(bench: Bench, library: "prom-client" | "prom-client-14"): Scrape[] {
  return SIZES.map((series) => bench.run<Scrape>("scrape", String(series), library));
}

/** Our time divided by prom-client's own, and the same for the longest turns: the worse one of all sizes. */
export function compareScrapes(scrapes: readonly Scrape[]): {
  scrapeVsPlain: number;
  scrapeTurnVsPlain: number;
} {
  const times = scrapes.map((each) => each.oursMilliseconds / each.plainMilliseconds);
  const turns = scrapes.map((each) => each.oursTurnMilliseconds / each.plainTurnMilliseconds);
  return { scrapeVsPlain: Math.max(...times), scrapeTurnVsPlain: Math.max(...turns) };
}
