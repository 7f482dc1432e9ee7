import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { METRICS, type MetricKey } from "@intercom-telemetry/core/contract";
import { buildRules } from "@intercom-telemetry/dashboards";
import {
  nowEpochSeconds,
  queryVictoriaMetrics,
  type Series,
  startPrometheus,
  startVictoriaMetrics,
  waitUntil,
  writeBlocks,
} from "@intercom-telemetry/local-prometheus";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Examination, examine } from "../../cli/doctor-process/examine.ts";
import { RELABEL, startExporters } from "../support/doctor-services.ts";
import { findPrograms, needsPrograms } from "../support/find-programs.ts";
import { startMeasuredPage } from "../support/measured-page.ts";
import { usePrograms } from "../support/use-programs.ts";

const TIMEOUT_SECONDS = 30;
const HOUR_SECONDS = 3600;
const SCRAPED = ["healthy", "moved", "native"];
const closing: (() => unknown)[] = [];
const folder = mkdtempSync(join(tmpdir(), "doctor-store-"));

afterAll(async () => {
  for (const close of closing.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** Asks about one job, as a team does whose dashboards have a selector. */
function examineJob(storeUrl: string, job: string): Promise<Examination> {
  const config = join(folder, `${job}.yaml`);
  writeFileSync(config, JSON.stringify({ dashboards: { selector: `job="${job}"` } }));
  return examine(["--store", storeUrl, "--config", config]);
}

/** A metric of one process, the same at each moment. */
function repeat(
  key: MetricKey,
  job: string,
  stepSeconds: number,
  ends: readonly [from: number, to: number],
  more: Readonly<Record<string, string>> = {},
): Series {
  const labels = {
    ...more,
    job,
    instance: `${job}-1`,
    client: "support",
    url_template: "/me",
    version: "1.0.0",
  };
  const samples: [number, number][] = [];
  for (let time = ends[0]; time <= ends[1]; time += stepSeconds) samples.push([time, 1]);
  return { name: METRICS[key].name, labels, samples };
}

describe.skipIf(findPrograms("newer") === undefined)(
  needsPrograms("newer", "doctor, asking a Prometheus that scrapes"),
  () => {
    usePrograms("newer");
    let url: string;

    beforeAll(async () => {
      const now = Math.floor(nowEpochSeconds());
      const recent = [now - 1500, now] as const;
      const past = [now - 3 * HOUR_SECONDS, now - 2 * HOUR_SECONDS] as const;
      await writeBlocks(folder, [
        repeat("info", "slow", 60, recent),
        repeat("requests", "slow", 60, recent),
        repeat("info", "gone", 60, past),
        ...["a", "b"].map((replica) => repeat("info", "replicas", 15, recent, { replica })),
        ...["a", "b"].map((replica) => repeat("requests", "replicas", 15, recent, { replica })),
        repeat("info", "probe", 15, recent),
        repeat("requests", "probe", 15, recent),
        repeat("probeSuccess", "probe", 15, recent),
      ]);
      const { address } = await startMeasuredPage("support", (close) => closing.push(close));
      const rules = join(folder, "rules.json");
      const groups = buildRules().groups.map((group) => ({ ...group, interval: "1s" }));
      writeFileSync(rules, JSON.stringify({ groups }));
      const scrape = (
        job_name: string,
        labels: Readonly<Record<string, string>> = {},
        more: object = {},
      ) => ({
        job_name,
        static_configs: [{ targets: [address], labels }],
        ...more,
      });
      const config = {
        global: { scrape_interval: "1s" },
        rule_files: [rules],
        scrape_configs: [
          scrape("healthy"),
          scrape("moved", { client: "gateway" }),
          scrape("native", {}, { convert_classic_histograms_to_nhcb: true }),
        ],
      };
      const flags = ["--enable-feature=native-histograms"];
      const prometheus = await startPrometheus({ folder, config, flags });
      closing.push(() => prometheus.stop("SIGKILL"));
      await waitUntil("all jobs are recorded", TIMEOUT_SECONDS, async () => {
        const found = await prometheus.query("job:intercom_client_processes:count");
        const jobs = found.map(({ metric }) => metric.job);
        return SCRAPED.every((job) => jobs.includes(job)) ? true : undefined;
      });
      url = prometheus.url;
    });

    it("finds nothing wrong with a job whose rules are loaded; its scrapes are too young to be judged", async () => {
      const { failed, findings, find } = await examineJob(url, "healthy");
      expect(failed).toEqual([]);
      expect(findings.filter(({ status }) => status === "warning").map(({ check }) => check)).toEqual([
        "scrapes",
      ]);
      expect(find("client")?.summary).toBe("1 client reports: support");
      expect(find("rules")?.details).toMatchObject({ failingRules: 0, loadedRules: expect.any(Number) });
    });

    it("finds the label that a target's own took the place of", async () => {
      const { failed, find } = await examineJob(url, "moved");
      expect(failed).toEqual(["labels"]);
      expect(find("labels")).toMatchObject({
        summary: "labels were moved aside: exported_client",
        cause: expect.stringContaining("honor_labels: false"),
      });
    });

    it("finds that only native histograms are kept", async () => {
      const { failed, find } = await examineJob(url, "native");
      expect(failed).toEqual(["histograms"]);
      expect(find("histograms")?.action).toContain("always_scrape_classic_histograms");
    });

    it("finds that samples come less often than configured, and not when the configuration says so", async () => {
      const { failed, find } = await examineJob(url, "slow");
      expect(failed).toContain("scrapes");
      expect(find("scrapes")?.summary).toBe("samples come every 60 s, 15 s is configured: slow");
      const config = join(folder, "minute.yaml");
      const dashboards = { selector: 'job="slow"', scrapeIntervalSeconds: 60 };
      writeFileSync(config, JSON.stringify({ dashboards }));
      const { failed: left } = await examine(["--store", url, "--config", config]);
      expect(left).not.toContain("scrapes");
    });

    it("tells a client that was there a while ago from one that never was", async () => {
      const gone = await examineJob(url, "gone");
      expect(gone.failed).toEqual(["client"]);
      expect(gone.find("client")?.summary).toContain("last there within a day");
      const never = await examineJob(url, "never");
      expect(never.failed).toEqual(["client"]);
      expect(never.find("client")?.summary).toContain("the store has no intercom_client_info");
    });

    it("finds that two replicas write into one store", async () => {
      const { failed, find } = await examineJob(url, "replicas");
      expect(failed).toContain("pipelines");
      expect(find("pipelines")?.details).toEqual({ jobs: ["replicas"] });
      const config = join(folder, "grouped.yaml");
      const dashboards = { selector: 'job="replicas"', groupLabels: ["replica"] };
      writeFileSync(config, JSON.stringify({ dashboards }));
      const { failed: left } = await examine(["--store", url, "--config", config]);
      expect(left).not.toContain("pipelines");
    });

    it("tells the probe from a service", async () => {
      const { find } = await examineJob(url, "probe");
      expect(find("client")).toMatchObject({
        status: "warning",
        summary: expect.stringContaining("only the probe"),
      });
    });

    it("takes no other part of the server for its query API", async () => {
      const { find, exitCode } = await examine(["--store", `${url}/graph`]);
      expect(exitCode).toBe(1);
      expect(find("reading")?.action).toContain("--store");
    });
  },
);

describe.skipIf(findPrograms("newer") === undefined)(
  needsPrograms("newer", "doctor, asking a VictoriaMetrics that gets OTLP"),
  () => {
    usePrograms("newer");
    let url: string;

    beforeAll(async () => {
      const store = await startVictoriaMetrics(folder, [`-relabelConfig=${RELABEL}`]);
      closing.push(() => store.stop());
      url = store.url;
      const exporters = await startExporters(url);
      closing.push(() => exporters.close());
      const healthy = exporters.start({ name: "exported", id: "exported-1" });
      const delta = exporters.start({ name: "delta", id: "delta-1", isDelta: true });
      const duplicates = [
        exporters.start({ name: "unnamed" }),
        exporters.start({ name: "unnamed" }),
      ] as const;
      const both = exporters.start({ name: "doubled", id: "doubled-1", hasRegistry: true });
      for (let round = 0; round < 5; round++) {
        await healthy.run(1);
        for (const calls of [3, 1]) await delta.run(calls);
        await duplicates[0].run(5);
        await duplicates[1].run(1);
        await both.run(1);
      }
      // As vmagent writes what it scrapes.
      const labels = ["job=doubled", "instance=127.0.0.1:9464"].map((label) => `extra_label=${label}`);
      const body = `${await both.registry.metrics()}\nup 1\n`;
      await fetch(`${url}/api/v1/import/prometheus?${labels.join("&")}`, { method: "POST", body });
      await waitUntil("all is visible", TIMEOUT_SECONDS, async () => {
        const visible = await queryVictoriaMetrics(url, `count_over_time(${METRICS.info.name}[1m]) >= 5`);
        const up = await queryVictoriaMetrics(url, "up");
        return visible.length >= 4 && up.length > 0 ? true : undefined;
      });
    });

    it("finds no more than missing rules where a process names itself", async () => {
      const { failed, find } = await examineJob(url, "exported");
      expect(failed).toEqual(["rules"]);
      expect(find("rules")?.cause).toContain("not loaded");
      expect(find("requests")?.details).toMatchObject({ requests: 5 });
    });

    it("finds delta temporality by counters that fall again and again", async () => {
      const { failed, find } = await examineJob(url, "delta");
      expect(failed).toEqual(["counters", "rules"]);
      expect(find("counters")).toMatchObject({
        summary: "counters fall again and again: delta delta-1",
        cause: expect.stringContaining("Delta temporality"),
      });
    });

    it("finds processes without an instance id that write one series", async () => {
      const { failed, find } = await examineJob(url, "unnamed");
      expect(failed).toEqual(["instance", "counters", "rules"]);
      expect(find("instance")?.action).toContain("service.instance.id");
    });

    it("finds resource attributes that were not made job and instance", async () => {
      const own = mkdtempSync(join(folder, "plain-"));
      const plain = await startVictoriaMetrics(own);
      closing.push(() => plain.stop());
      const exporters = await startExporters(plain.url);
      closing.push(() => exporters.close());
      await exporters.start({ name: "exported", id: "exported-1" }).run(1);
      await waitUntil("the export is visible", TIMEOUT_SECONDS, async () =>
        (await queryVictoriaMetrics(plain.url, METRICS.info.name)).length > 0 ? true : undefined,
      );
      const { failed, find } = await examine(["--store", plain.url]);
      expect(failed).toEqual(["instance", "rules"]);
      expect(find("instance")?.cause).toContain("service.instance.id");
    });

    it("finds a client that is scraped and exported at once", async () => {
      const { failed, find } = await examineJob(url, "doubled");
      expect(failed).toEqual(["pipelines", "rules"]);
      expect(find("pipelines")?.summary).toBe("two pipelines at once: doubled");
    });
  },
);
