import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { runCli } from "../cli/command-line.ts";
import { findBinary } from "../dashboards/find-binary.ts";
import { startDrillAlertmanager } from "../drill/servers/alertmanager.ts";
import { startWebhook, type Webhook } from "../drill/servers/webhook.ts";

const found = findBinary("prometheus-alertmanager") !== undefined;
const needed = found ? "" : " (skipped: prometheus-alertmanager is not on the PATH)";
const TIMEOUT_SECONDS = 60;

const generated = fileURLToPath(new URL("../../packages/dashboards/generated", import.meta.url));

async function startReceivers(): Promise<{ webhook: Webhook; url: string }> {
  const folder = mkdtempSync(join(tmpdir(), "drill-command-"));
  const webhook = await startWebhook();
  const alertmanager = await startDrillAlertmanager(folder, webhook.url);
  onTestFinished(async () => {
    await alertmanager.stop();
    await webhook.close();
    rmSync(folder, { recursive: true });
  });
  return { webhook, url: alertmanager.url };
}

test.skipIf(!found)(
  `every shipped alert comes through a real Alertmanager with the shipped routes and inhibitions, marked, and is resolved${needed}`,
  async () => {
    const { webhook, url } = await startReceivers();
    const rules = `${generated}/prometheus/intercom-client-alerts.yaml`;
    const ending = new AbortController();
    const ended = runCli(["drill", "--alertmanager", url, "--rules", rules, "--for", "600"], {
      signal: ending.signal,
    });
    await webhook.waitForFiring({ alertname: "IntercomClientProbeFailing" }, 0, TIMEOUT_SECONDS);
    await webhook.waitForFiring({ alertname: "IntercomClientErrorBudgetBurnSlow" }, 0, TIMEOUT_SECONDS);
    ending.abort();
    const { exitCode, out, err } = await ended;
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    const names = [...out.matchAll(/^(IntercomClient\w+) \((critical|warning|info)\)$/gm)].map(
      ([, name]) => name ?? "",
    );
    expect(names).toHaveLength(24);
    for (const alertname of names) {
      const fired = await webhook.waitForFiring({ alertname }, 0, TIMEOUT_SECONDS);
      expect(fired.labels.drill).toBe("true");
      expect(fired.annotations.summary).toMatch(/^\[DRILL\] /);
      expect(JSON.stringify(fired)).not.toContain("{{");
      await webhook.waitForResolved({ alertname }, 0, TIMEOUT_SECONDS);
    }
  },
);

test.skipIf(!found)(
  `one alert of a PrometheusRule, with a label of the user's, is resolved after the time asked for${needed}`,
  async () => {
    const { webhook, url } = await startReceivers();
    const args = ["--alert", "IntercomClientUnavailable", "--label", "client=billing", "--for", "3"];
    const rules = `${generated}/kubernetes/prometheus-rule.yaml`;
    const { exitCode, out } = await runCli(["drill", "--alertmanager", url, "--rules", rules, ...args]);
    expect({ exitCode, last: out.trimEnd().split("\n").at(-1) }).toEqual({ exitCode: 0, last: "resolved" });
    const labels = { alertname: "IntercomClientUnavailable", client: "billing", severity: "critical" };
    const fired = await webhook.waitForFiring(labels, 0, TIMEOUT_SECONDS);
    expect(fired.annotations.summary).toBe(
      "[DRILL] Most calls of billing in drill-IntercomClientUnavailable to Intercom fail",
    );
    const over = await webhook.waitForResolved(labels, 0, TIMEOUT_SECONDS);
    expect(over.endedEpochSeconds - over.startedEpochSeconds).toBeCloseTo(3, 0);
  },
);
