import { buildRules } from "@intercom-telemetry/dashboards";
import type { Series } from "@intercom-telemetry/local-prometheus";
import { LIMIT_PER_WINDOW, WINDOW_SECONDS } from "../quota.ts";
import { DEMO_CONFIG } from "./config.ts";
import { type MadeUpTraffic, makeUpTraffic, STEP_SECONDS } from "./made-up-traffic.ts";

const HOUR_SECONDS = 3600;
/** What pictures show; before it, only what sums over the period read: full hours. */
const PICTURED_SECONDS = 7 * 86_400;
/** The hour before the demo stays empty: windows of up to an hour are about the demo alone. */
const EMPTY_HOURS = 1;

const UNIT_SECONDS: Readonly<Record<string, number>> = { m: 60, h: HOUR_SECONDS, d: 86_400 };

/** Kinds of failure that spent the budget, and their parts. */
const FAILURES = [
  { error_category: "server", part: 0.8 },
  { error_category: "transport", part: 0.2 },
] as const;

/** Sum of the samples in the window that ends with each. */
function sumOverWindow(values: readonly number[], windowSeconds: number): readonly number[] {
  const length = windowSeconds / STEP_SECONDS;
  let sum = 0;
  return values.map((value, index) => {
    sum += value - (values[index - length] ?? 0);
    return sum;
  });
}

/** Windows over which the rules record the share of failed calls, e.g. `1h`, by the record's name. */
function listRatioRecords(): ReadonlyMap<string, number> {
  const records = buildRules(DEMO_CONFIG).groups.flatMap(({ rules }) =>
    rules.flatMap((rule) => ("record" in rule ? [rule.record] : [])),
  );
  const found = records.flatMap((record): [string, number][] => {
    const [, amount, unit = ""] = /_failed_calls:ratio_rate(\d+)([mhd])$/.exec(record) ?? [];
    return amount === undefined ? [] : [[record, Number(amount) * (UNIT_SECONDS[unit] ?? 0)]];
  });
  return new Map(found);
}

/** What the rules would have recorded, by name. */
function recordTraffic({ calls, failedCalls }: MadeUpTraffic): ReadonlyMap<string, readonly number[]> {
  const perHour = (rates: readonly number[]): readonly number[] =>
    sumOverWindow(rates, HOUR_SECONDS).map((sum) => sum * STEP_SECONDS);
  const ratios = [...listRatioRecords()].map(([record, seconds]): [string, readonly number[]] => {
    const [all, failed] = [sumOverWindow(calls, seconds), sumOverWindow(failedCalls, seconds)];
    return [record, all.map((sum, index) => (failed[index] ?? 0) / sum)];
  });
  const demand = calls.map((rate) => (rate * WINDOW_SECONDS) / LIMIT_PER_WINDOW);
  const day = 86_400 / STEP_SECONDS;
  const peaks = demand.map((_, index) => Math.max(...demand.slice(Math.max(0, index - day + 1), index + 1)));
  return new Map([
    ["job:intercom_client_calls:rate5m", calls],
    ["job:intercom_client_failed_calls:rate5m", failedCalls],
    ["job:intercom_client_calls:increase1h", perHour(calls)],
    ["job:intercom_client_failed_calls:increase1h", perHour(failedCalls)],
    ["client:intercom_client_rate_limit_demand:max1d", peaks],
    ...ratios,
  ]);
}

function clientSeries(client: string, traffic: MadeUpTraffic): readonly Series[] {
  const { times, failedCalls } = traffic;
  const picturedFrom = (times.at(-1) ?? 0) - PICTURED_SECONDS;
  const series = (name: string, labels: Series["labels"], values: readonly number[]): Series => ({
    name,
    labels,
    samples: times
      .map((time, index) => [time, values[index] ?? 0] as const)
      .filter(([time]) => time > picturedFrom || time % HOUR_SECONDS === 0),
  });
  const records = [...recordTraffic(traffic)].map(([name, values]) =>
    series(name, name.startsWith("job:") ? { job: client, client } : { client }, values),
  );
  const failures = FAILURES.map(({ part, error_category }) => {
    const values = failedCalls.map((rate) => rate * part);
    return series(
      "category:intercom_client_failed_calls:rate5m",
      { job: client, client, error_category },
      values,
    );
  });
  return [...records, ...failures];
}

/**
 * Thirty made-up days, as the shipped rules would have recorded them; they end an hour or two before now.
 * Without them, an objective of thirty days would show nothing in a demo of minutes.
 */
export function madeUpDays(clients: readonly string[], nowEpochSeconds: number): readonly Series[] {
  const end = (Math.floor(nowEpochSeconds / HOUR_SECONDS) - EMPTY_HOURS) * HOUR_SECONDS;
  return clients.flatMap((client, index) => clientSeries(client, makeUpTraffic(index, end)));
}
