import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { METRICS } from "@intercom-telemetry/core/contract";
import { ALERT_NAMES } from "@intercom-telemetry/dashboards";
import { describe, expect, it, onTestFinished } from "vitest";
import { findClosedPort } from "../../exporter/stubs.ts";
import { runCli } from "../command-line.ts";

const UNTIL = "2026-03-01T00:00:00Z";

const run = (...args: readonly string[]) => runCli(["dashboards", "backtest", ...args]);

/** A store in which every expression holds at every moment, but for those that name a word. */
async function startStore(
  refused = "nothing",
): Promise<{ readonly url: string; readonly asked: URLSearchParams[] }> {
  const asked: URLSearchParams[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const parameters = new URLSearchParams(body);
    asked.push(parameters);
    if (parameters.get("query")?.includes(refused)) {
      response.writeHead(400).end('{"status":"error","error":"refused"}');
      return;
    }
    const [start = 0, end = 0, step = 1] = ["start", "end", "step"].map((name) =>
      Number(parameters.get(name)),
    );
    const values: [number, string][] = [];
    for (let time = start; time <= end; time += step) values.push([time, "1"]);
    const result = [{ metric: { client: "crm" }, values }];
    response.end(JSON.stringify({ status: "success", data: { resultType: "matrix", result } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe("intercom-telemetry dashboards backtest", () => {
  it("asks at the rules' own interval on whole steps, and lists what fired", async () => {
    const { url, asked } = await startStore();
    const { exitCode, out } = await run("--store", url, "--days", "1", "--until", "2026-03-01T00:00:17Z");
    expect(exitCode).toBe(0);
    expect(out).toContain("2026-02-28 00:00 to 2026-03-01 00:00 UTC, evaluated every 30s\n");
    expect(out).toContain("the store has metrics for 100% of that time\n");
    expect(out).toMatch(
      /IntercomClientUnavailable \(critical\): once, \d+ min\n {2}2026-02-28 00:0\d {2}still firing/,
    );
    expect(asked.at(-1)?.get("step")).toBe("30");
  });

  it("says when a long time is evaluated more coarsely than the rules are", async () => {
    const { url } = await startStore();
    const { out } = await run("--store", url, "--until", UNTIL);
    expect(out).toContain(
      "evaluated every 1m, which is coarser than the rules' 30s: what lasts less than 1m may be missed",
    );
  });

  it("prints the report as JSON, for the configuration of a file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "backtest-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "config.yaml");
    writeFileSync(file, 'dashboards:\n  selector: namespace="shop"\n');
    const { url, asked } = await startStore();
    const args = ["--store", url, "--days", "1", "--until", UNTIL, "--config", file, "--json"];
    const report = JSON.parse((await run(...args)).out);
    expect(report).toMatchObject({ startSeconds: 1772236800, endSeconds: 1772323200, stepSeconds: 30 });
    for (const { alert } of report.alerts) expect(ALERT_NAMES).toContain(alert);
    expect(report.alerts[0].episodes[0]).toMatchObject({ labels: { client: "crm" }, peak: 1 });
    const raw = asked
      .map((parameters) => parameters.get("query") ?? "")
      .filter((query) => /rate\(intercom/.test(query));
    expect(raw.every((query) => query.includes('namespace="shop"'))).toBe(true);
  });

  it("ends with 1 and names the alerts that could not be evaluated", async () => {
    const { url } = await startStore(METRICS.failures.name);
    const { exitCode, out } = await run("--store", url, "--days", "1", "--until", UNTIL);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^IntercomClient\w+: not evaluated: status 400: refused$/m);
  });

  it.each([
    [["--store", "prometheus:9090"], "Expected an http:// or https:// URL"],
    [["--store", "http://user:secret@prometheus:9090"], "without credentials"],
    [["--store", "http://prometheus:9090", "--days", "0"], "Expected a number of days"],
    [["--store", "http://prometheus:9090", "--until", "soon"], "Expected a time such as"],
    [["--store", "http://prometheus:9090", "--step", "often"], "Expected a duration such as"],
  ])("refuses %j with exit code 2", async (args, message) => {
    const { exitCode, err } = await run(...args);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });

  it("fails with exit code 1 when the store cannot be reached", async () => {
    const { exitCode, err } = await run("--store", `http://127.0.0.1:${await findClosedPort()}`);
    expect([exitCode, err]).toEqual([1, "--store: no response: ECONNREFUSED\n"]);
  });
});
