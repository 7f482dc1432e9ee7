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
 * Turns the stretches in which an alert's expression holds into Prometheus's own `ALERTS` series:
 * firing from the moment at which it has held for the rule's `for`.
 */
export function fireAlert(rule: AlertingRule, held: Series, stepSeconds: number): Series {
  const waitSeconds = readDuration(rule.for ?? "0s");
  let since = Number.NaN;
  let before = Number.NaN;
  const samples = held.samples.flatMap(([time]) => {
    if (time - before !== stepSeconds) since = time;
    before = time;
    return time - since >= waitSeconds ? [[time, 1] as const] : [];
  });
  const labels = { ...held.labels, ...rule.labels, alertname: rule.alert, alertstate: "firing" };
  return { name: "ALERTS", labels, samples };
}
