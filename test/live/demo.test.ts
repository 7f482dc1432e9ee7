import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { findBinary } from "../dashboards/find-binary.ts";
import { type Demo, startDemo } from "../examples/demo-program.ts";
import { findFreePorts, isFree } from "../examples/program.ts";
import { findPrograms, needsPrograms } from "../monitoring/support/find-programs.ts";
import { scrapeEachSecond, startTestPrometheus } from "../support/prometheus.ts";

const promtool = findBinary("promtool") ?? "";
const prometheus = findBinary("prometheus") ?? "";

const RUNNING = /crm-sync: \d+\.\d requests\/s/;
const ENDED = /\d+ requests in .* 0 mismatches/;
const TIMEOUT = { timeout: 30_000, interval: 250 };

const needsBoth = [prometheus, findBinary("prometheus-alertmanager") ?? ""].includes("");

async function readMetrics(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  return response.text();
}

interface ListedProcess {
  readonly pid: number;
  readonly group: number;
  readonly args: string;
}

/** Every process of this machine. */
function listProcesses(): readonly ListedProcess[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,pgid=,args="], { encoding: "utf8" });
  return stdout.split("\n").map((line) => {
    const [, pid, group, args = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid), group: Number(group), args };
  });
}

async function expectNothingLeft(demo: Demo, port: number): Promise<void> {
  await demo.expectNothingLeft();
  expect([await isFree(port), await isFree(port + 1)]).toEqual([true, true]);
}

test("ledger, spans and counters of a short run agree, and its last line says so in JSON", async () => {
  const port = await findFreePorts();
  const demo = startDemo(["--for", "6", "--json", "--port", String(port)]);
  const code = await demo.exited;
  const summary = JSON.parse(demo.output().trimEnd().split("\n").at(-1) ?? "");
  expect(Object.keys(summary).join()).toBe(
    "seconds,requests,spans,counted,ledger,mismatches,rateLimited,retries,series",
  );
  expect({ code, mismatches: summary.mismatches }, demo.output()).toEqual({ code: 0, mismatches: 0 });
  expect(summary.ledger).toBeGreaterThan(100);
  const { requests, spans, counted, ledger } = summary;
  const neverArrived = Number(/(\d+) given up before they arrived/.exec(demo.output())?.[1]);
  expect([requests, spans, counted]).toEqual(Array(3).fill(ledger + neverArrived));
  expect(summary.retries).toBeGreaterThan(0);
  expect(summary.series).toBeGreaterThan(100);
  await expectNothingLeft(demo, port);
});

test.skipIf(promtool === "")("promtool finds nothing to say about either metrics page", async () => {
  const port = await findFreePorts();
  const demo = startDemo(["--no-monitoring", "--port", String(port)]);
  await demo.printed(RUNNING);
  for (const each of [port, port + 1]) {
    const input = await readMetrics(each);
    expect(input).toContain("intercom_client_requests_total{");
    const { status, stdout, stderr } = spawnSync(promtool, ["check", "metrics"], {
      input,
      encoding: "utf8",
    });
    expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: "" });
  }
});

test.skipIf(prometheus === "")("a real Prometheus scrapes both processes", async () => {
  const port = await findFreePorts();
  const demo = startDemo(["--no-monitoring", "--port", String(port)]);
  await demo.printed(RUNNING);
  const targets = [port, port + 1].map((each) => `127.0.0.1:${each}`);
  const { query } = await startTestPrometheus(scrapeEachSecond("demo", targets));
  const perInstance = async (expression: string) =>
    (await query(expression)).map(({ metric, value }) => [metric.instance, Number(value[1]) > 0]).sort();
  const both = [port, port + 1].map((each) => [`127.0.0.1:${each}`, true]);
  await vi.waitFor(async () => expect(await perInstance("up == 1")).toEqual(both), TIMEOUT);
  const total = "sum by (instance) (intercom_client_requests_total)";
  await vi.waitFor(async () => expect(await perInstance(total)).toEqual(both), TIMEOUT);
});

test("Ctrl-C ends the demo in order: it adds up, exits with 0 and leaves nothing running", async () => {
  const port = await findFreePorts();
  const demo = startDemo(["--port", String(port)]);
  await demo.printed(RUNNING);
  demo.signalAll("SIGINT");
  expect(await demo.exited, demo.output()).toBe(0);
  expect(demo.output()).toMatch(ENDED);
  await expectNothingLeft(demo, port);
});

test.skipIf(findPrograms("newer") === undefined)(
  needsPrograms("newer", "over OTLP, Ctrl-C ends it in order too: the store's counters are the ledger's"),
  async () => {
    const port = await findFreePorts();
    const demo = startDemo(["--pipeline", "otlp", "--no-monitoring", "--json"]);
    await demo.printed(RUNNING);
    expect(demo.output()).toContain("All services send their metrics over OTLP to VictoriaMetrics");
    await vi.waitFor(() => expect(demo.output()).toMatch(/^ +[4-6] s +crm-sync/m), TIMEOUT);
    demo.signalAll("SIGINT");
    expect(await demo.exited, demo.output()).toBe(0);
    const summary = JSON.parse(demo.output().trimEnd().split("\n").at(-1) ?? "");
    expect(summary.mismatches, demo.output()).toBe(0);
    expect(summary.ledger).toBeGreaterThan(50);
    expect(summary.counted).toBeGreaterThanOrEqual(summary.ledger);
    await expectNothingLeft(demo, port);
  },
);

test("SIGTERM to the demo alone does the same", async () => {
  const port = await findFreePorts();
  const demo = startDemo(["--no-monitoring", "--port", String(port)]);
  await demo.printed(RUNNING);
  demo.child.kill("SIGTERM");
  expect(await demo.exited, demo.output()).toBe(0);
  expect(demo.output()).toMatch(ENDED);
  await expectNothingLeft(demo, port);
});

test("a signal while it is still starting leaves nothing running", async () => {
  const port = await findFreePorts();
  const demo = startDemo(["--port", String(port)]);
  await demo.printed(/^Starting /);
  demo.signalAll("SIGINT");
  expect(await demo.exited).toBe(1);
  await expectNothingLeft(demo, port);
});

test("all that it started ends even when it is killed", async () => {
  const port = await findFreePorts();
  const demo = startDemo(["--port", String(port)]);
  await demo.printed(RUNNING);
  demo.child.kill("SIGKILL");
  await expectNothingLeft(demo, port);
});

test.skipIf(needsBoth)("a Prometheus that is killed ends it, and the message says which", async () => {
  const port = await findFreePorts();
  const demo = startDemo(["--port", String(port)]);
  await demo.printed(RUNNING);
  const isItsPrometheus = ({ group, args }: ListedProcess): boolean =>
    group === demo.child.pid && args.startsWith("prometheus ");
  process.kill(listProcesses().find(isItsPrometheus)?.pid ?? Number.NaN, "SIGKILL");
  expect(await demo.exited, demo.output()).toBe(1);
  expect(demo.output()).toContain("monitoring: prometheus ended by itself (SIGKILL)");
  await expectNothingLeft(demo, port);
});

test("without Prometheus it says in one line what is missing and does the rest", async () => {
  const port = await findFreePorts();
  const args = ["--for", "3", "--port", String(port)];
  const demo = startDemo(args, { PATH: "/nowhere", CI: undefined });
  expect(await demo.exited, demo.output()).toBe(0);
  expect(demo.output().split("\n")[0]).toBe(
    "The dashboards need Prometheus and Alertmanager: continuing without prometheus, prometheus-alertmanager; to have all of it: apt-get install --no-install-recommends prometheus prometheus-alertmanager",
  );
  expect(demo.output()).not.toContain("Dashboards:");
  expect(demo.output()).toMatch(ENDED);
});

test("a port in use ends it with the port's number and leaves nothing running", async () => {
  const port = await findFreePorts();
  const squatter = createServer();
  onTestFinished(() => void squatter.close());
  await new Promise<void>((resolve) => squatter.listen(port + 1, "127.0.0.1", resolve));
  const demo = startDemo(["--port", String(port)]);
  expect(await demo.exited).toBe(1);
  expect(demo.output()).toContain(`support-bot: cannot serve metrics on 127.0.0.1 port ${port + 1}`);
  await demo.expectNothingLeft();
});

test.each([
  [["--for", "0"], "number of seconds above 0"],
  [["--port", "65535"], "port from 1 to 65534"],
  [["--chapter", "x"], "number of seconds above 0"],
  [["--fro", "3"], "unknown option '--fro'"],
])("%s is refused with what was expected", async (args, expected) => {
  const demo = startDemo(args);
  expect(await demo.exited).toBe(1);
  expect(demo.output()).toContain(expected);
});
