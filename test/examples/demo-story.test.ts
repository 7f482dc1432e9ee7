import { buildRules } from "@intercom-telemetry/dashboards";
import { expect, test } from "vitest";
import { DEMO_CONFIG } from "../../examples/demo/src/monitoring/config.ts";
import { madeUpDays } from "../../examples/demo/src/monitoring/made-up-days.ts";
import { CHAPTERS, usualChapterSeconds } from "../../examples/demo/src/story/chapters.ts";

const NOW = Date.UTC(2026, 2, 10, 11, 55) / 1000;
const CLIENTS = ["crm-sync", "support-bot", "help-desk"];
const days = madeUpDays(CLIENTS, NOW);

const recordsOf = (groups: ReturnType<typeof buildRules>["groups"]): readonly string[] =>
  groups.flatMap(({ rules }) => rules.flatMap((rule) => ("record" in rule ? [rule.record] : [])));

/** Values of a made-up series at full hours. */
function hourly(name: string, client: string): readonly number[] {
  const series = days.find((one) => one.name === name && one.labels.client === client);
  return (series?.samples ?? []).filter(([time]) => time % 3600 === 0).map(([, value]) => value);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

test("the demo changes how long alerts wait, how often it scrapes and evaluates, and no expression", () => {
  const expressions = (config: typeof DEMO_CONFIG): readonly string[] =>
    buildRules(config).groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
  const { scrapeIntervalSeconds = 15 } = DEMO_CONFIG;
  expect(expressions(DEMO_CONFIG)).toEqual(expressions({ scrapeIntervalSeconds }));
});

test("the made-up days are series that the shipped rules record, and end an hour before the demo begins", () => {
  const records = recordsOf(buildRules(DEMO_CONFIG).groups);
  expect([...new Set(days.map(({ name }) => name))].filter((name) => !records.includes(name))).toEqual([]);
  for (const { samples } of days) {
    expect(samples.at(-1)?.[0]).toBe(Date.UTC(2026, 2, 10, 10) / 1000);
    expect(samples.every(([, value]) => Number.isFinite(value) && value >= 0)).toBe(true);
  }
});

test.each(CLIENTS)(
  "thirty days leave %s part of its error budget, and every window has its share",
  (client) => {
    const calls = hourly("job:intercom_client_calls:increase1h", client);
    const failed = hourly("job:intercom_client_failed_calls:increase1h", client);
    expect(calls).toHaveLength(30 * 24);
    const spent = sum(failed) / sum(calls) / 0.001;
    expect(spent).toBeGreaterThan(0.2);
    expect(spent).toBeLessThan(0.9);
    const windows = days.filter(
      ({ name, labels }) => name.includes(":ratio_rate") && labels.client === client,
    );
    expect(windows.map(({ name }) => name.split("ratio_rate")[1]).sort()).toEqual(
      ["5m", "30m", "1h", "2h", "6h", "1d"].sort(),
    );
  },
);

test("a short run tells the whole story once, a long one does not stretch it", () => {
  expect(usualChapterSeconds(20) * CHAPTERS.length).toBe(20);
  expect(usualChapterSeconds(Number.POSITIVE_INFINITY) * CHAPTERS.length).toBeLessThanOrEqual(180);
});
