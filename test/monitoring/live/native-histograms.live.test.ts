import { METRICS } from "@intercom-telemetry/core/contract";
import { type LocalPrometheus, waitUntil } from "@intercom-telemetry/local-prometheus";
import { describe, expect, it } from "vitest";
import { panelExpressions, ruleExpressions } from "../../dashboards/expressions.ts";
import { startTestPrometheus } from "../../support/prometheus.ts";
import { findPrograms, needsPrograms } from "../support/find-programs.ts";
import { startMeasuredPage } from "../support/measured-page.ts";
import { usePrograms } from "../support/use-programs.ts";

const PATIENCE_SECONDS = 30;
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
  const config = {
    global: { scrape_interval: "1s" },
    scrape_configs: [{ job_name: "api", ...scrape, static_configs }],
  };
  const prometheus = await startTestPrometheus(config, flags);
  await waitUntil("requests are counted", PATIENCE_SECONDS, async () => {
    await page.call();
    const grown = await prometheus.query(`increase(${METRICS.requests.name}{status_code="200"}[10s]) > 2`);
    return grown.length > 0 ? true : undefined;
  });
  return prometheus;
}

async function listAnswered(
  prometheus: LocalPrometheus,
  expressions: readonly { readonly where: string; readonly expr: string }[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { where, expr } of expressions) {
    if ((await prometheus.query(expr)).length > 0) found.push(where);
  }
  return found;
}

describe.skipIf(findPrograms("newer") === undefined)(
  needsPrograms("newer", "classic histograms that Prometheus converts to native ones"),
  () => {
    usePrograms("newer");

    it("are answered as before where the classic ones are kept beside them", async () => {
      const [classic, both] = [await startScraping({}, []), await startScraping(KEEP, NATIVE)];
      const expected = await listAnswered(classic, onHistograms);
      expect(expected.length).toBeGreaterThan(3);
      expect(await listAnswered(both, onHistograms)).toEqual(expected);
    });

    it.each([
      ["", NATIVE],
      [" and not even kept as native ones", []],
    ])("are noticed by an alert where they are all that is left%s", async (_, flags) => {
      const [classic, converted] = [await startScraping({}, []), await startScraping(CONVERT, flags)];
      const shown = await listAnswered(classic, onHistograms);
      const left = await listAnswered(converted, onHistograms);
      expect(shown.filter((name) => left.includes(name))).toEqual([]);
      const usual = await listAnswered(classic, alerts);
      const raised = (await listAnswered(converted, alerts)).filter((name) => !usual.includes(name));
      expect(raised).not.toEqual([]);
    });
  },
);
