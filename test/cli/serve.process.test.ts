import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  type FaultAction,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "@intercom-telemetry/simulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { needsPromtool, PROMTOOL } from "../dashboards/promtool.ts";
import { ask } from "../exporter/http-request.ts";
import { findClosedPort } from "../exporter/stubs.ts";
import { type CommandResult, runCli } from "./command-line.ts";
import { VirtualClock } from "./virtual-clock.ts";

const env = { BILLING_TOKEN: "dG9rOmJpbGxpbmc=" };
const SUPPORT_TOKEN = "dG9rOnN1cHBvcnQ=";
const apps = [
  { name: "billing", token: env.BILLING_TOKEN },
  { name: "support", token: SUPPORT_TOKEN },
];
/** Two clients and the status page. */
const LOOPS = 3;

let folder: string;
let simulator: Simulator;
let ending: AbortController;
let ended: Promise<CommandResult>;
let clock: VirtualClock;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "serve-"));
  ending = new AbortController();
  ended = Promise.resolve({ exitCode: 0, out: "", err: "" });
  clock = new VirtualClock();
});

afterEach(async () => {
  ending.abort();
  await ended;
  await simulator.close();
  await rm(folder, { recursive: true });
});

/** Starts `serve` for both clients and waits until every loop has done its first round. */
async function start(
  options: SimulatorOptions = {},
  timeoutSeconds = 5,
): Promise<{ scrape: () => Promise<string>; log: string[] }> {
  simulator = await startSimulator({ apps, ...options });
  await writeFile(join(folder, "support.token"), `${SUPPORT_TOKEN}\n`);
  const config = join(folder, "intercom-telemetry.yaml");
  await writeFile(
    config,
    `serve:
  intervalSeconds: 60
  timeoutSeconds: ${timeoutSeconds}
  statusUrl: ${simulator.url}/__status/api/v2/summary.json
  clients:
    - { name: billing, baseUrl: "${simulator.url}", tokenEnv: BILLING_TOKEN }
    - { name: support, baseUrl: "${simulator.url}", tokenFile: support.token }
  metrics: { port: 0 }
`,
  );
  const log: string[] = [];
  const listening = new Promise<string>((resolve, reject) => {
    const onError = (line: string) => {
      log.push(line.trim());
      const url = /^metrics at (\S+)/.exec(line)?.[1];
      if (url) resolve(url);
    };
    ended = runCli(["serve", "--config", config], { env, clock, signal: ending.signal, onError });
    ended.then(({ err }) => reject(new Error(err)), reject);
  });
  const url = await listening;
  await clock.advance(30, LOOPS);
  return { log, scrape: async () => (await ask(url)).body.toString() };
}

/** One sample of an exposition; `undefined` when it is not there. */
function sampleOf(text: string, series: string): number | undefined {
  const line = text.split("\n").find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

const countSeries = (text: string): number =>
  text.split("\n").filter((line) => line && !line.startsWith("#")).length;

describe("serve", () => {
  it("shows what a good probe learns, its own use of the quota included", async () => {
    const { scrape, log } = await start();
    const text = await scrape();
    for (const client of ["billing", "support"]) {
      expect(sampleOf(text, `intercom_probe_success{client="${client}"}`)).toBe(1);
      expect(sampleOf(text, `intercom_probe_token_valid{client="${client}"}`)).toBe(1);
      expect(sampleOf(text, `intercom_client_rate_limit_limit{client="${client}"}`)).toBe(1667);
      expect(sampleOf(text, `intercom_client_rate_limit_remaining{client="${client}"}`)).toBeGreaterThan(0);
      expect(
        sampleOf(text, `intercom_probe_duration_seconds{client="${client}",phase="total"}`),
      ).toBeGreaterThanOrEqual(0);
    }
    const requests =
      /^intercom_client_requests_total\{client="billing",method="GET",url_template="\/me",status_code="200".*\} (\d+)$/m;
    expect(requests.exec(text)?.[1]).toBe("1");
    expect(sampleOf(text, 'intercom_probe_last_success_timestamp_seconds{client="billing"}')).toBe(
      1_800_000_000,
    );
    expect(sampleOf(text, 'intercom_probe_last_success_timestamp_seconds{client="support"}')).toBe(
      1_800_000_030,
    );
    expect(sampleOf(text, 'intercom_platform_status{component="REST API",region="eu"}')).toBe(0);
    expect(sampleOf(text, 'intercom_platform_status{component="overall",region=""}')).toBe(0);
    expect(sampleOf(text, "intercom_platform_incidents")).toBe(0);
    expect(log).toContain("probing billing, support every 60 s: 2 requests a minute in all");
    expect(log.filter((line) => line.startsWith("client "))).toEqual([
      "client billing: ok",
      "client support: ok",
    ]);
  });

  it.skipIf(PROMTOOL === undefined)(
    needsPromtool("promtool finds nothing to say about its page, with and without failures on it"),
    async () => {
      const { scrape } = await start();
      const check = async () => {
        const input = await scrape();
        const { status, stdout, stderr } = spawnSync(PROMTOOL ?? "", ["check", "metrics"], {
          input,
          encoding: "utf8",
        });
        return { status, output: stdout + stderr };
      };
      expect(await check()).toEqual({ status: 0, output: "" });
      simulator.revokeToken(env.BILLING_TOKEN);
      simulator.status.set({ failing: "error" });
      await clock.advance(60, LOOPS);
      expect(await check()).toEqual({ status: 0, output: "" });
    },
  );

  it("tells a refused token from a failed probe, and keeps the time of the last success", async () => {
    const { scrape, log } = await start();
    simulator.revokeToken(env.BILLING_TOKEN);
    await clock.advance(60, LOOPS);
    const refused = await scrape();
    expect(sampleOf(refused, 'intercom_probe_success{client="billing"}')).toBe(0);
    expect(sampleOf(refused, 'intercom_probe_token_valid{client="billing"}')).toBe(0);
    expect(sampleOf(refused, 'intercom_probe_token_valid{client="support"}')).toBe(1);
    simulator.restoreToken(env.BILLING_TOKEN);
    simulator.setScript({ rules: [{ action: { kind: "reset" } }] });
    await clock.advance(60, LOOPS);
    const failed = await scrape();
    expect(sampleOf(failed, 'intercom_probe_success{client="support"}')).toBe(0);
    expect(sampleOf(failed, 'intercom_probe_token_valid{client="support"}')).toBe(1);
    expect(sampleOf(failed, 'intercom_probe_last_success_timestamp_seconds{client="support"}')).toBe(
      1_800_000_090,
    );
    expect(
      sampleOf(failed, 'intercom_probe_duration_seconds{client="support",phase="connect"}'),
    ).toBeGreaterThanOrEqual(0);
    expect(
      sampleOf(failed, 'intercom_probe_duration_seconds{client="support",phase="first_byte"}'),
    ).toBeUndefined();
    expect(log).toContain("client billing: failed: 401 unauthorized");
    expect(log).toContain("client support: failed: connection_reset");
  });

  it("reads a token file again, and fails only that client while the file is gone", async () => {
    const { scrape, log } = await start();
    const path = join(folder, "support.token");
    await writeFile(path, "wrong-token");
    await clock.advance(60, LOOPS);
    expect(sampleOf(await scrape(), 'intercom_probe_token_valid{client="support"}')).toBe(0);
    await rm(path);
    await clock.advance(60, LOOPS);
    const gone = await scrape();
    expect(sampleOf(gone, 'intercom_probe_success{client="support"}')).toBe(0);
    expect(sampleOf(gone, 'intercom_probe_success{client="billing"}')).toBe(1);
    await writeFile(path, SUPPORT_TOKEN);
    await clock.advance(60, LOOPS);
    expect(sampleOf(await scrape(), 'intercom_probe_success{client="support"}')).toBe(1);
    expect(log).toContain("client support: failed: no usable token");
  });

  it("shows unknown, never down, while the status page fails, and follows it again afterwards", async () => {
    const { scrape } = await start();
    simulator.status.set({ failing: "error" });
    await clock.advance(60, LOOPS);
    const unknown = await scrape();
    expect(sampleOf(unknown, 'intercom_platform_status{component="REST API",region="us"}')).toBe(-1);
    expect(sampleOf(unknown, 'intercom_platform_status{component="overall",region=""}')).toBe(-1);
    expect(sampleOf(unknown, "intercom_platform_incidents")).toBeUndefined();
    simulator.status.set({
      indicator: "critical",
      components: [{ name: "REST API", status: "major_outage", region: "us" }],
      incidents: [{ name: "Down", status: "investigating", impact: "critical" }],
    });
    await clock.advance(60, LOOPS);
    const down = await scrape();
    expect(sampleOf(down, 'intercom_platform_status{component="REST API",region="us"}')).toBe(4);
    expect(sampleOf(down, 'intercom_platform_status{component="REST API",region="eu"}')).toBeUndefined();
    expect(sampleOf(down, "intercom_platform_incidents")).toBe(1);
  });

  it("labels components by a closed set of products, and shows the worst of those under one label", async () => {
    const { scrape } = await start();
    simulator.status.set({
      components: [
        ...Array.from({ length: 500 }, (_, index) => ({
          name: `jane${index}@customer.example`,
          status: index === 7 ? ("partial_outage" as const) : ("operational" as const),
        })),
      ],
    });
    await clock.advance(60, LOOPS);
    const text = await scrape();
    expect(text).not.toContain("customer.example");
    expect(text.match(/^intercom_platform_status\{.*$/gm)?.length).toBeLessThan(5);
    expect(sampleOf(text, 'intercom_platform_status{component="other",region=""}')).toBe(3);
    expect(sampleOf(text, 'intercom_platform_status{component="overall",region=""}')).toBe(0);
  });

  it("shows the components under their products in each region", async () => {
    const { scrape } = await start();
    simulator.status.set({
      components: [
        { name: "Intercom Messenger (Europe)", status: "degraded_performance", region: "eu" },
        { name: "Messenger for web", status: "operational", region: "eu" },
        { name: "Messenger for web", status: "operational", region: "us" },
      ],
    });
    await clock.advance(60, LOOPS);
    const text = await scrape();
    expect(sampleOf(text, 'intercom_platform_status{component="Messenger",region="eu"}')).toBe(2);
    expect(sampleOf(text, 'intercom_platform_status{component="Messenger",region="us"}')).toBe(0);
  });

  it("shows the status as unknown when it never could be read", async () => {
    simulator = await startSimulator({ apps });
    const port = await findClosedPort();
    const args = ["serve", "--base-url", simulator.url, "--token-env", "BILLING_TOKEN", "--port", "0"];
    let url = "";
    const onError = (line: string) => {
      url ||= /^metrics at (\S+)/.exec(line)?.[1] ?? "";
    };
    const all = [...args, "--status-url", `http://127.0.0.1:${port}/`];
    ended = runCli(all, { env, clock, signal: ending.signal, onError });
    await clock.advance(0, 2);
    const text = (await ask(url)).body.toString();
    expect(sampleOf(text, 'intercom_platform_status{component="overall",region=""}')).toBe(-1);
    expect(sampleOf(text, "intercom_platform_incidents")).toBeUndefined();
    expect(sampleOf(text, 'intercom_probe_success{client="default"}')).toBe(1);
  });

  it("keeps responding to scrapes while a probe hangs", async () => {
    const { scrape } = await start({}, 1.5);
    simulator.setScript({ rules: [{ action: { kind: "hang" } }] });
    const advancing = clock.advance(60, LOOPS);
    const text = await scrape();
    expect(sampleOf(text, 'intercom_probe_success{client="billing"}')).toBe(1);
    await advancing;
    expect(sampleOf(await scrape(), 'intercom_probe_success{client="billing"}')).toBe(0);
  });

  it("ends at once, with exit code 0, while a probe hangs", async () => {
    await start();
    simulator.setScript({ rules: [{ action: { kind: "hang" } }] });
    void clock.advance(60, LOOPS);
    ending.abort();
    expect((await ended).exitCode).toBe(0);
  });

  it("runs for hours with faults of every kind without growth of series or memory", {
    timeout: 120_000,
  }, async () => {
    const { scrape } = await start({ ledgerLimit: 50 }, 0.3);
    const faults: readonly FaultAction[] = [
      { kind: "html", status: 502 },
      { kind: "reset" },
      { kind: "error_list", status: 401, code: "unauthorized" },
      { kind: "cut_body" },
      { kind: "rate_limited", by: "window" },
      { kind: "rate_headers", fault: "duplicate" },
      { kind: "long_code", status: 400 },
      { kind: "oversized", status: 500 },
      { kind: "corrupt_gzip" },
      { kind: "hang" },
      { kind: "pass" },
    ];
    const runHour = async () => {
      for (let minute = 0; minute < 60; minute += 1) {
        const action = faults[minute % faults.length];
        simulator.setScript({ rules: action ? [{ action }] : [] });
        simulator.status.set(minute % 3 === 0 ? { failing: "html" } : { indicator: "minor" });
        await clock.advance(60, LOOPS);
      }
    };
    setFlagsFromString("--expose-gc");
    const collectGarbage: () => void = runInNewContext("gc");
    await runHour();
    const seriesBefore = countSeries(await scrape());
    collectGarbage();
    const heapBefore = process.memoryUsage().heapUsed;
    await runHour();
    collectGarbage();
    expect(countSeries(await scrape())).toBe(seriesBefore);
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(1_000_000);
  });
});
