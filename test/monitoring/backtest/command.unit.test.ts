import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { METRICS } from "@intercom-telemetry/core/contract";
import { ALERT_NAMES } from "@intercom-telemetry/dashboards";
import { describe, expect, it, onTestFinished } from "vitest";
import { buildProgram } from "../../../packages/dashboards/src/cli/program.ts";

const UNTIL = "2026-03-01T00:00:00Z";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...words: readonly string[]): Promise<Run> {
  const printed = { code: 0, out: "", err: "" };
  const program = buildProgram(
    {
      print: (text) => {
        printed.out += text;
      },
      printError: (text) => {
        printed.err += text;
      },
      runbooks: new URL("file:///"),
    },
    (code) => {
      printed.code = code;
    },
  );
  await program.parseAsync(["node", "intercom-dashboards", "backtest", ...words]);
  return printed;
}

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

describe("intercom-dashboards backtest", () => {
  it("asks at the rules' own interval on whole steps, and lists what fired", async () => {
    const { url, asked } = await startStore();
    const { code, out } = await run("--store", url, "--days", "1", "--until", "2026-03-01T00:00:17Z");
    expect(code).toBe(0);
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
    writeFileSync(file, 'selector: namespace="shop"\n');
    const { url, asked } = await startStore();
    const words = ["--store", url, "--days", "1", "--until", UNTIL, "--config", file, "--json"];
    const report = JSON.parse((await run(...words)).out);
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
    const { code, out } = await run("--store", url, "--days", "1", "--until", UNTIL);
    expect(code).toBe(1);
    expect(out).toMatch(/^IntercomClient\w+: not evaluated: status 400: refused$/m);
  });

  it.each([
    [["--store", "prometheus:9090"], "expected a URL such as"],
    [["--store", "http://user:secret@prometheus:9090"], "give them with --authorization"],
    [["--store", "http://prometheus:9090", "--days", "0"], "expected a number up to"],
    [["--store", "http://prometheus:9090", "--until", "soon"], "expected a time such as"],
    [["--store", "http://prometheus:9090", "--step", "often"], "expected a duration such as"],
  ])("refuses %j", async (words, message) => {
    await expect(run(...words)).rejects.toThrow(message);
  });
});
