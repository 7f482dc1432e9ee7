import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { METRICS } from "@intercom-telemetry/core/contract";
import { buildRules } from "@intercom-telemetry/dashboards";
import { type LocalPrometheus, waitUntil } from "@intercom-telemetry/local-prometheus";
import { describe, expect, it, onTestFinished } from "vitest";
import { panelExpressions, ruleExpressions } from "../../dashboards/expressions.ts";
import { listRecordingRules } from "../../support/history/rule-order.ts";
import { startTestPrometheus } from "../../support/prometheus.ts";
import { findPrograms, needsPrograms } from "../support/find-programs.ts";
import { startMeasuredPage } from "../support/measured-page.ts";
import { usePrograms } from "../support/use-programs.ts";

const TIMEOUT_SECONDS = 30;
const CONVERT = { convert_classic_histograms_to_nhcb: true };
const KEEP = { ...CONVERT, always_scrape_classic_histograms: true };
const NATIVE = ["--enable-feature=native-histograms"];

const rules = ruleExpressions();
const alerts = rules.filter(({ where }) => !where.includes(":"));
const onHistograms = [...panelExpressions(undefined, "1m"), ...rules].filter(({ expr }) =>
  [METRICS.duration, METRICS.windowUsage].some(({ name }) => expr.includes(`${name}_bucket`)),
);

/** A Prometheus that has scraped a page several times while it counted, so that rates have values. */
async function startScraping(scrape: object, flags: readonly string[]): Promise<LocalPrometheus> {
  const page = await startMeasuredPage();
  const static_configs = [{ targets: [page.address] }];
  const folder = mkdtempSync(join(tmpdir(), "histogram-rules-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "rules.json");
  writeFileSync(
    file,
    JSON.stringify({ groups: buildRules().groups.map((group) => ({ ...group, interval: "1s" })) }),
  );
  const config = {
    global: { scrape_interval: "1s" },
    rule_files: [file],
    scrape_configs: [{ job_name: "api", ...scrape, static_configs }],
  };
  const prometheus = await startTestPrometheus(config, flags);
  const [rated] = listRecordingRules(buildRules().groups);
  await waitUntil("requests are counted and recorded", TIMEOUT_SECONDS, async () => {
    await page.call();
    const grown = await prometheus.query(`increase(${METRICS.requests.name}{status_code="200"}[10s]) > 2`);
    const recorded = await prometheus.query(`count_over_time(${rated?.record}[10s]) > 3`);
    return grown.length > 0 && recorded.length > 0 ? true : undefined;
  });
  return prometheus;
}

/** Every series of every query, by the place of the query. */
async function listSeries(
  prometheus: LocalPrometheus,
  expressions: readonly { readonly where: string; readonly expr: string }[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { where, expr } of expressions) {
    for (const { metric } of await prometheus.query(expr)) {
      const { instance: _, ...labels } = metric;
      found.push(`${where} ${JSON.stringify(labels)}`);
    }
  }
  return found;
}

describe.skipIf(findPrograms("newer") === undefined)(
  needsPrograms("newer", "classic histograms that Prometheus converts to native ones"),
  () => {
    usePrograms("newer");

    it("return the same as before where the classic ones are kept beside them", async () => {
      const [classic, both] = await Promise.all([startScraping({}, []), startScraping(KEEP, NATIVE)]);
      const expected = await listSeries(classic, onHistograms);
      expect(expected.length).toBeGreaterThan(3);
      await waitUntil("every series is there", TIMEOUT_SECONDS, async () => {
        const found = await listSeries(both, onHistograms);
        return expected.every((series) => found.includes(series)) ? true : undefined;
      });
    });

    it.each([
      ["", NATIVE],
      [" and not even kept as native ones", []],
    ])("are noticed by an alert where they are all that is left%s", async (_, flags) => {
      const [classic, converted] = await Promise.all([startScraping({}, []), startScraping(CONVERT, flags)]);
      const shown = await listSeries(classic, onHistograms);
      const left = await listSeries(converted, onHistograms);
      expect(shown.filter((name) => left.includes(name))).toEqual([]);
      const usual = await listSeries(classic, alerts);
      const raised = (await listSeries(converted, alerts)).filter((name) => !usual.includes(name));
      expect(raised).not.toEqual([]);
    });
  },
);
