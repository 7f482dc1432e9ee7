import type { AlertingRule } from "@intercom-telemetry/dashboards";
import type { Series } from "@intercom-telemetry/local-prometheus";

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Reads a duration such as `1h30m`. */
function readDuration(text: string): number {
  return [...text.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNIT_SECONDS[unit ?? ""] ?? 0),
    0,
  );
}

/**
 * Turns the stretches in which an alert's expression holds into Prometheus's own series. `ALERTS` is firing
 * once the expression has held for the rule's `for`; `ALERTS_FOR_STATE` is the moment at which it began to
 * hold.
 */
export function fireAlert(rule: AlertingRule, held: Series, stepSeconds: number): readonly Series[] {
  const waitSeconds = readDuration(rule.for ?? "0s");
  let since = Number.NaN;
  let before = Number.NaN;
  const fired = held.samples.flatMap(([time]) => {
    if (time - before !== stepSeconds) since = time;
    before = time;
    return time - since >= waitSeconds ? [{ time, since }] : [];
  });
  const labels = { ...held.labels, ...rule.labels, alertname: rule.alert };
  return [
    {
      name: "ALERTS",
      labels: { ...labels, alertstate: "firing" },
      samples: fired.map(({ time }) => [time, 1] as const),
    },
    { name: "ALERTS_FOR_STATE", labels, samples: fired.map((one) => [one.time, one.since] as const) },
  ];
}
