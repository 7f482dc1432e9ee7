import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Alert, describeAlerts, renderFiles } from "@intercom-telemetry/dashboards";
import { GENERATIONS, type LocalServer, waitUntil } from "@intercom-telemetry/local-prometheus";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ALL_ON } from "../../dashboards/alerts/unit-test-file.ts";
import { startDrillAlertmanager } from "../../drill/servers/alertmanager.ts";
import { startWebhook, type Webhook } from "../../drill/servers/webhook.ts";
import { findPrograms, needsPrograms } from "../support/find-programs.ts";
import { usePrograms } from "../support/use-programs.ts";

interface Shipped {
  readonly inhibit_rules: readonly {
    readonly source_matchers: readonly string[];
    readonly target_matchers: readonly string[];
  }[];
}

interface AlertStatus {
  readonly labels: Readonly<Record<string, string>>;
  readonly status: { readonly state: string };
}

const TIMEOUT_SECONDS = 10;
const alerts = describeAlerts(ALL_ON);
const critical = alerts.filter(({ severity }) => severity === "critical");
const lighter = alerts.filter(({ severity }) => severity !== "critical");
const [shippedFile] = renderFiles({}, ["alertmanager"]);
const shipped: Shipped = parse(shippedFile?.content ?? "");

/** Names of alerts that matchers such as `alertname=~"A|B"` let through. */
function namesOf(matchers: readonly string[]): readonly string[] {
  return matchers.flatMap((matcher) => /^alertname=~?"(.*)"$/.exec(matcher)?.[1]?.split("|") ?? []);
}

describe.each(GENERATIONS)("%s Alertmanager", (generation) => {
  const programs = findPrograms(generation);

  describe.skipIf(programs === undefined)(needsPrograms(generation, "with the shipped configuration"), () => {
    usePrograms(generation);
    const folder = mkdtempSync(join(tmpdir(), "alertmanager-"));
    let webhook: Webhook;
    let alertmanager: LocalServer;

    beforeAll(async () => {
      webhook = await startWebhook();
      alertmanager = await startDrillAlertmanager(folder, webhook.url);
    });

    afterAll(async () => {
      await alertmanager?.stop();
      await webhook?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    async function fire(firing: readonly Pick<Alert, "name" | "labels">[], client: string): Promise<void> {
      const body = firing.map(({ name, labels }) => ({
        labels: { ...labels, alertname: name, client, job: "api" },
        annotations: {},
      }));
      const response = await fetch(`${alertmanager.url}/api/v2/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect(response.status, await response.text()).toBe(200);
    }

    const findStates = async (client: string): Promise<ReadonlyMap<string, string>> => {
      const response = await fetch(`${alertmanager.url}/api/v2/alerts?filter=client="${client}"`);
      const found = (await response.json()) as readonly AlertStatus[];
      return new Map(found.map(({ labels, status }) => [labels.alertname ?? "", status.state]));
    };

    it("is accepted by amtool as it is shipped", () => {
      const file = join(folder, "shipped.yml");
      writeFileSync(file, shippedFile?.content ?? "");
      const { status, stdout, stderr } = spawnSync("amtool", ["check-config", file], { encoding: "utf8" });
      expect(status, `${stdout}${stderr}`).toBe(0);
    });

    it.each(critical.map((alert) => [alert.name, alert] as const))(
      "%s is delivered while every warning and every note fires for the same client",
      async (name, alert) => {
        await fire([alert, ...lighter], name);
        const wanted = { alertname: name, client: name, severity: "critical" };
        const delivered = await webhook.waitForFiring(wanted, 0, TIMEOUT_SECONDS);
        expect(delivered.labels).toMatchObject(wanted);
      },
    );

    it("mutes what an inhibition names, and only for the same client", async () => {
      const [rule] = shipped.inhibit_rules;
      const [source, target] = [rule?.source_matchers, rule?.target_matchers].map(
        (matchers) => namesOf(matchers ?? [])[0],
      );
      const [graver, muted] = [source, target].map((name) => alerts.find((alert) => alert.name === name));
      if (!graver || !muted) throw new Error("expected an inhibition between two alerts");
      await fire([muted], "other");
      await fire([graver, muted], "same");
      await waitUntil("the lighter alert is muted", TIMEOUT_SECONDS, async () =>
        (await findStates("same")).get(muted.name) === "suppressed" ? true : undefined,
      );
      await webhook.waitForFiring({ alertname: muted.name, client: "other" }, 0, TIMEOUT_SECONDS);
    });
  });
});
