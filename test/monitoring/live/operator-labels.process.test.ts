import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { METRICS } from "@intercom-telemetry/core/contract";
import { GENERATIONS, waitUntil } from "@intercom-telemetry/local-prometheus";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { startTestPrometheus } from "../../support/prometheus.ts";
import { findPrograms, needsPrograms } from "../support/find-programs.ts";
import { startMeasuredPage } from "../support/measured-page.ts";
import { type Monitor, operatorConfig } from "../support/operator-config.ts";
import { usePrograms } from "../support/use-programs.ts";

const EXAMPLE = fileURLToPath(new URL("../../../examples/kubernetes/", import.meta.url));
const MONITORS = ["clients-service-monitor.yaml", "pod-monitor.yaml"];
const TIMEOUT_SECONDS = 20;
const PLACES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ServiceMonitor: { job: "checkout", service: "checkout" },
  PodMonitor: { job: "shop/intercom-clients" },
};

describe.each(GENERATIONS)("%s Prometheus under the operator's relabeling", (generation) => {
  const programs = findPrograms(generation);

  describe.skipIf(programs === undefined)(needsPrograms(generation, "of the Kubernetes example"), () => {
    usePrograms(generation);

    it.each(MONITORS)("%s leaves every label of ours where it was", async (file) => {
      const monitor: Monitor = parse(readFileSync(`${EXAMPLE}${file}`, "utf8"));
      const page = await startMeasuredPage();
      const prometheus = await startTestPrometheus(operatorConfig(monitor, page.address));
      const find = () => prometheus.query(`${METRICS.requests.name}{client="support"}`);
      const series = await waitUntil("the page is scraped", TIMEOUT_SECONDS, async () => {
        const found = await find();
        return found.length > 0 ? found : undefined;
      });
      const moved = series.flatMap(({ metric }) =>
        Object.keys(metric).filter((label) => label.startsWith("exported_")),
      );
      expect(moved).toEqual([]);
      const place = { ...PLACES[monitor.kind], namespace: "shop", container: "app", endpoint: "metrics" };
      for (const { metric } of series) expect(metric).toMatchObject(place);
      const templates = series.map(({ metric }) => Object.values(metric));
      expect(templates.some((values) => values.includes("/contacts/{id}"))).toBe(true);
    });
  });
});
