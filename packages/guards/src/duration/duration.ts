const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * Reads a Prometheus duration with one unit (`30s`, `5m`, `1h`, `3d`, `1w`).
 *
 * @returns seconds, or `undefined` when the string is not a duration or is zero.
 */
export function parseDurationSeconds(text: string): number | undefined {
  const match = /^([1-9]\d*)([smhdw])$/.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * (UNIT_SECONDS[match[2] ?? ""] ?? Number.NaN);
}

/** Seconds of a duration that was checked when the configuration was read. */
export function durationSeconds(text: string): number {
  const seconds = parseDurationSeconds(text);
  if (seconds === undefined)
    throw new TypeError(`expected a duration such as 5m, got ${JSON.stringify(text)}`);
  return seconds;
}

/** The shortest Prometheus spelling of whole seconds, e.g. 300 -> `5m`. */
export function formatDuration(seconds: number): string {
  const unit = (["d", "h", "m"] as const).find((name) => seconds % (UNIT_SECONDS[name] ?? 1) === 0) ?? "s";
  return `${seconds / (UNIT_SECONDS[unit] ?? 1)}${unit}`;
}
