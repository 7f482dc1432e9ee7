import type { Series, SeriesLabels } from "@intercom-telemetry/local-prometheus";

/** A counter that grows by a rate, in units a second, as a process would count: in whole steps. */
export function counter(
  name: string,
  labels: SeriesLabels,
  scrapes: readonly number[],
  ratePerSecond: (timeSeconds: number) => number,
): Series {
  let total = 0;
  let before = scrapes[0] ?? 0;
  const samples = scrapes.map((time) => {
    total += Math.max(0, ratePerSecond(time)) * (time - before);
    before = time;
    return [time, Math.round(total)] as const;
  });
  return { name, labels, samples };
}

/** A gauge that is read at each scrape. */
export function gauge(
  name: string,
  labels: SeriesLabels,
  scrapes: readonly number[],
  value: (timeSeconds: number) => number,
): Series {
  return { name, labels, samples: scrapes.map((time) => [time, value(time)] as const) };
}
