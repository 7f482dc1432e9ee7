/** One series of promtool's unit tests. */
export interface Series {
  readonly series: string;
  readonly values: string;
}

/** A stretch of time in which a counter grows evenly. */
export interface Stretch {
  readonly minutes: number;
  readonly perMinute: number;
  /** The process was restarted at its start. */
  readonly reset?: boolean;
}

/** Scrapes a minute in the unit tests. */
export const SCRAPES_PER_MINUTE = 4;

/** `name{label="value"}`, leaving out empty labels as Prometheus does. */
export function seriesName(name: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== "");
  return `${name}{${pairs.map(([label, value]) => `${label}="${value}"`).join(",")}}`;
}

/** Values of a counter, from 0. */
export function counterValues(stretches: readonly Stretch[]): string {
  let value = 0;
  const parts = stretches.map(({ minutes, perMinute, reset }) => {
    const samples = minutes * SCRAPES_PER_MINUTE;
    const step = perMinute / SCRAPES_PER_MINUTE;
    const start = reset ? step : value + step;
    value = start + step * (samples - 1);
    return `${start}+${step}x${samples - 1}`;
  });
  return ["0", ...parts].join(" ");
}

/** Values of a gauge; `undefined` is a gap. */
export function gaugeValues(
  stretches: readonly (readonly [minutes: number, value: number | undefined])[],
): string {
  return stretches
    .map(([minutes, value]) => {
      const samples = minutes * SCRAPES_PER_MINUTE;
      return value === undefined ? `_x${samples}` : `${value}+0x${samples - 1}`;
    })
    .join(" ");
}
