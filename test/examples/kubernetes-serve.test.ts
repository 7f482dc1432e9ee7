import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "@intercom-telemetry/simulator";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { CONTAINER, DEPLOYMENT } from "./kubernetes-manifests.ts";
import { bundleCommand, type Mounted, mount, READ_ONLY } from "./kubernetes-serve.ts";
import { findFreePorts } from "./program.ts";

const TIMEOUT = { timeout: 20_000, interval: 50 };
const TOKEN = "token-of-the-secret";

let command: string;
beforeAll(async () => {
  command = await bundleCommand();
});

interface Pod extends Mounted {
  readonly child: ChildProcess;
  readonly log: () => string;
}

/** Starts `serve` as the container does: the manifest's arguments, no environment, nothing that can be written. */
async function startPod(): Promise<Pod> {
  const simulator = await startSimulator({ apps: [{ name: "support", token: TOKEN }] });
  onTestFinished(() => simulator.close());
  const folder = mkdtempSync(join(tmpdir(), "kubernetes-"));
  const mounted = mount(folder, simulator.url, await findFreePorts());
  mounted.setToken(TOKEN);
  const child = spawn(process.execPath, [...READ_ONLY, command, ...mounted.args], {
    cwd: folder,
    env: {},
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += String(chunk)));
  return { ...mounted, child, log: () => text };
}

const scrape = async ({ port }: Pod, path = "/metrics"): Promise<{ status: number; text: string }> => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, text: await response.text() };
};

async function waitForSeries(pod: Pod, series: string): Promise<void> {
  await vi.waitFor(async () => expect((await scrape(pod)).text, pod.log()).toContain(series), TIMEOUT);
}

describe("serve as the Deployment starts it", () => {
  it("responds to the manifest's probes, and Prometheus at the path that a ServiceMonitor asks for", async () => {
    const pod = await startPod();
    for (const { httpGet } of [CONTAINER.livenessProbe, CONTAINER.readinessProbe]) {
      await vi.waitFor(async () => expect((await scrape(pod, httpGet.path)).status).toBe(200), TIMEOUT);
    }
    await waitForSeries(pod, 'intercom_probe_token_valid{client="support"} 1');
    await waitForSeries(pod, 'intercom_platform_status{component="overall",region=""} 0');
    expect(pod.log()).not.toContain(TOKEN);
  });

  it("reads a changed Secret without a restart", async () => {
    const pod = await startPod();
    await waitForSeries(pod, 'intercom_probe_token_valid{client="support"} 1');
    pod.setToken("token-that-was-revoked");
    await waitForSeries(pod, 'intercom_probe_token_valid{client="support"} 0');
    pod.setToken(TOKEN);
    await waitForSeries(pod, 'intercom_probe_token_valid{client="support"} 1');
  });

  it("ends on SIGTERM with exit code 0 well within the grace period", async () => {
    const pod = await startPod();
    await waitForSeries(pod, "intercom_probe_success");
    const startedMilliseconds = performance.now();
    pod.child.kill("SIGTERM");
    const [exitCode] = await once(pod.child, "exit");
    const seconds = (performance.now() - startedMilliseconds) / 1000;
    expect(exitCode, pod.log()).toBe(0);
    expect(seconds).toBeLessThan(DEPLOYMENT.spec.template.spec.terminationGracePeriodSeconds / 2);
  });

  it.runIf(existsSync("/proc/self/status"))("fits its memory limit with room to spare", async () => {
    const pod = await startPod();
    await waitForSeries(pod, "intercom_probe_success");
    for (let scrapes = 0; scrapes < 50; scrapes += 1) await scrape(pod);
    const status = readFileSync(`/proc/${pod.child.pid}/status`, "utf8");
    const peakMebibytes = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    const [, limitMebibytes] = /^(\d+)Mi$/.exec(CONTAINER.resources.limits.memory) ?? [];
    expect(peakMebibytes).toBeLessThan(0.75 * Number(limitMebibytes));
  });

  it("would have ended at the first attempt to write or to start a process", () => {
    const attempts = [
      'require("fs").writeFileSync("file", "")',
      'require("child_process").spawnSync("true")',
    ];
    for (const attempt of attempts) {
      const { status, stderr } = spawnSync(process.execPath, [...READ_ONLY, "-e", attempt], {
        cwd: tmpdir(),
        encoding: "utf8",
      });
      expect(stderr).toContain("ERR_ACCESS_DENIED");
      expect(status).toBe(1);
    }
  });
});
