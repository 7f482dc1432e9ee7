import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { METRICS } from "@intercom-telemetry/core/contract";
import { buildRules } from "@intercom-telemetry/dashboards";
import {
  type LocalServer,
  queryVictoriaMetrics,
  startVictoriaMetrics,
  startVmagent,
  startVmalert,
  waitUntil,
} from "@intercom-telemetry/local-prometheus";
import { describe, expect, it, onTestFinished } from "vitest";
import { listRecordingRules } from "../../support/history/rule-order.ts";
import { scrapeEachSecond } from "../../support/prometheus.ts";
import { findPrograms, needsPrograms } from "../support/find-programs.ts";
import { startMeasuredPage } from "../support/measured-page.ts";
import { usePrograms } from "../support/use-programs.ts";

interface RuleGroups {
  readonly data: {
    readonly groups: readonly {
      readonly rules: readonly {
        readonly name: string;
        readonly health: string;
        readonly lastError: string;
        readonly lastEvaluation: string;
      }[];
    }[];
  };
}

const TIMEOUT_SECONDS = 60;
const programs = findPrograms("newer");

async function read<Body>(url: string): Promise<Body> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
}

async function startStore(folder: string): Promise<LocalServer> {
  const store = await startVictoriaMetrics(folder);
  onTestFinished(() => store.stop());
  return store;
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "victoria-metrics-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe.skipIf(programs === undefined)(needsPrograms("newer", "VictoriaMetrics"), () => {
  usePrograms("newer");

  it("gets every series of a page through vmagent, with the labels that it has there", async () => {
    const folder = makeFolder();
    const store = await startStore(folder);
    const page = await startMeasuredPage();
    const agent = await startVmagent(folder, scrapeEachSecond("api", [page.address]), store.url);
    onTestFinished(() => agent.stop());
    const series = await waitUntil("the page is in the store", TIMEOUT_SECONDS, async () => {
      const found = await queryVictoriaMetrics(store.url, `{__name__=~"intercom_.+",client="support"}`);
      return found.length > 0 ? found : undefined;
    });
    const names = new Set(series.map(({ metric }) => metric.__name__));
    for (const { name } of [METRICS.requests, METRICS.rateLimit, METRICS.info]) expect(names).toContain(name);
    expect(names).toContain(`${METRICS.duration.name}_bucket`);
    const refused = await queryVictoriaMetrics(store.url, `${METRICS.requests.name}{status_code="429"} > 0`);
    expect(refused.map(({ metric }) => metric)).toMatchObject([
      { __name__: METRICS.requests.name, job: "api", instance: page.address, method: "GET" },
    ]);
  });

  it("has its rules evaluated by vmalert without an error, and what they record written back", async () => {
    const folder = makeFolder();
    const store = await startStore(folder);
    const page = await startMeasuredPage();
    const agent = await startVmagent(folder, scrapeEachSecond("api", [page.address]), store.url);
    onTestFinished(() => agent.stop());
    const rules = join(folder, "rules.yml");
    const groups = buildRules().groups.map((group) => ({ ...group, interval: "1s" }));
    writeFileSync(rules, JSON.stringify({ groups }));
    const vmalert = await startVmalert([rules], store.url);
    onTestFinished(() => vmalert.stop());
    const evaluated = await waitUntil("every rule is evaluated", TIMEOUT_SECONDS, async () => {
      const { data } = await read<RuleGroups>(`${vmalert.url}/api/v1/rules`);
      const all = data.groups.flatMap((group) => group.rules);
      return all.every(({ lastEvaluation }) => !lastEvaluation.startsWith("0001")) ? all : undefined;
    });
    expect(evaluated).toHaveLength(groups.flatMap((group) => group.rules).length);
    expect(evaluated.filter(({ health }) => health !== "ok")).toEqual([]);
    const [first] = listRecordingRules(groups);
    await waitUntil("a recorded series is in the store", TIMEOUT_SECONDS, async () => {
      await page.call();
      return (await queryVictoriaMetrics(store.url, first?.record ?? "")).length > 0 ? true : undefined;
    });
  });
});
