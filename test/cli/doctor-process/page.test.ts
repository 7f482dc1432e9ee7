import { instrumentIntercom } from "@intercom-telemetry/axios";
import { METRICS } from "@intercom-telemetry/core/contract";
import { serveMetrics } from "@intercom-telemetry/exporter";
import { startSimulator } from "@intercom-telemetry/simulator";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import { AggregationType, MeterProvider, type ViewOptions } from "@opentelemetry/sdk-metrics";
import axios, { type AxiosInstance } from "axios";
import { Counter, collectDefaultMetrics, Registry } from "prom-client";
import { describe, expect, it, onTestFinished } from "vitest";
import type { TelemetryFinding } from "../../../packages/cli/src/doctor/process/checks/finding.ts";
import { findClosedPort, type Stub, startStub } from "../../exporter/stubs.ts";
import { runCli } from "../command-line.ts";
import { examine } from "./examine.ts";

const TOKEN = "page-token";
const UNMATCHED = "/no/such/operation";

async function closeStub({ close }: Stub): Promise<void> {
  await close();
}

interface Service {
  readonly intercom: AxiosInstance;
  readonly hosts: readonly string[];
}

/** A service that calls a simulated Intercom, not yet instrumented. */
async function startService(): Promise<Service> {
  const simulator = await startSimulator({ apps: [{ name: "support", token: TOKEN }] });
  onTestFinished(() => simulator.close());
  const headers = { Authorization: `Bearer ${TOKEN}` };
  const intercom = axios.create({ baseURL: simulator.url, headers, validateStatus: () => true });
  return { intercom, hosts: [simulator.url] };
}

async function serve(registry: Registry): Promise<string> {
  const metrics = await serveMetrics({ registry, port: 0 });
  onTestFinished(() => metrics.close());
  return metrics.url;
}

/** The page of OpenTelemetry's Prometheus exporter, and the provider that feeds it. */
async function startExporter(
  views: ViewOptions[] = [],
): Promise<{ readonly provider: MeterProvider; readonly url: string }> {
  const port = await findClosedPort();
  const exporter = new PrometheusExporter({ host: "127.0.0.1", port, preventServerStart: true });
  await exporter.startServer();
  const provider = new MeterProvider({ readers: [exporter], views });
  onTestFinished(() => provider.shutdown());
  return { provider, url: `http://127.0.0.1:${port}/metrics` };
}

/** A server that gives these pages in turn, as they came from a service. */
async function replay(pages: readonly string[]): Promise<string> {
  let next = 0;
  const stub = await startStub((_, response) => {
    response.setHeader("content-type", "text/plain; version=0.0.4").end(pages[next % pages.length]);
    next += 1;
  });
  onTestFinished(() => closeStub(stub));
  return `${stub.url}/metrics`;
}

const readText = async (url: string): Promise<string> => (await fetch(url)).text();

describe("doctor, on the page of a service with prom-client", () => {
  it("finds all well where requests are counted", async () => {
    const { intercom, hosts } = await startService();
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    instrumentIntercom(intercom, { client: "support", hosts, registry });
    await intercom.get("/me");
    const { findings, exitCode, text, find } = await examine(["--process", await serve(registry)]);
    expect(findings.filter(({ status }) => status !== "ok")).toEqual([]);
    expect(exitCode).toBe(0);
    expect(find("client")?.summary).toBe("1 client reports: support");
    expect(find("requests")?.details).toEqual({ requests: 1, inFlight: 0 });
    expect(text).toMatch(/\nAll checks passed\.\n$/);
  });

  it("finds no client where another registry is served", async () => {
    const { intercom, hosts } = await startService();
    instrumentIntercom(intercom, { client: "support", hosts, registry: new Registry() });
    const other = new Registry();
    new Counter({ name: "orders_total", help: "Orders.", registers: [other] }).inc();
    const { failed, find } = await examine(["--process", await serve(other)]);
    expect(failed).toEqual(["client"]);
    expect(find("client")?.cause).toContain("another registry");
    expect((await examine(["--process", await serve(new Registry())])).failed).toEqual(["client"]);
  });

  it("finds no request where the host is not known or another instance is called", async () => {
    const { intercom, hosts } = await startService();
    const registry = new Registry();
    instrumentIntercom(intercom, { client: "support", registry });
    await intercom.get("/me");
    instrumentIntercom(axios.create(), { client: "other", hosts, registry });
    const { failed, find } = await examine(["--process", await serve(registry)]);
    expect(failed).toEqual(["requests"]);
    expect(find("client")?.summary).toBe("2 clients report: other, support");
    expect(find("requests")?.action).toContain("`hosts`");
  });

  it("warns of a client of which nothing is recorded beside one that is", async () => {
    const { intercom, hosts } = await startService();
    const registry = new Registry();
    instrumentIntercom(intercom, { client: "support", hosts, registry });
    instrumentIntercom(axios.create(), { client: "orders", registry });
    await intercom.get("/me");
    const { exitCode, find } = await examine(["--process", await serve(registry)]);
    expect(exitCode).toBe(0);
    expect(find("requests")).toMatchObject({ status: "warning", summary: "recorded: 1, none of orders" });
  });

  it("finds that most requests are to no known operation", async () => {
    const { intercom, hosts } = await startService();
    const registry = new Registry();
    instrumentIntercom(intercom, { client: "support", hosts, registry });
    for (let times = 0; times < 10; times++) await intercom.get(UNMATCHED);
    const { failed, find } = await examine(["--process", await serve(registry)]);
    expect(failed).toEqual(["operations"]);
    expect(find("operations")?.summary).toContain("10 of 10 requests");
  });

  it("finds that the instrumentation fails, and in which stage", async () => {
    const { intercom, hosts } = await startService();
    const registry = new Registry();
    const onOutcome = () => {
      throw new Error("a secret reason");
    };
    instrumentIntercom(intercom, { client: "support", hosts, registry, onOutcome });
    await intercom.get("/me");
    const { failed, find, text } = await examine(["--process", await serve(registry)]);
    expect(failed).toEqual(["recording"]);
    expect(find("recording")).toMatchObject({
      summary: "failures of the instrumentation are counted: on_outcome 1",
      cause: "Your function onOutcome throws; callers do not notice.",
    });
    expect(text).not.toContain("secret");
  });

  it("finds that several processes respond in turn at one address", async () => {
    const { intercom, hosts } = await startService();
    const registry = new Registry();
    instrumentIntercom(intercom, { client: "support", hosts, registry });
    const url = await serve(registry);
    await intercom.get("/me");
    const young = await readText(url);
    await intercom.get("/me");
    const { failed, find } = await examine(["--process", await replay([await readText(url), young])]);
    expect(failed).toEqual(["counters"]);
    expect(find("counters")?.cause).toContain("workers of a cluster");
  });

  it("finds labels that a scrape moved on a page that passes metrics on", async () => {
    const { intercom, hosts } = await startService();
    const registry = new Registry();
    instrumentIntercom(intercom, { client: "support", hosts, registry });
    await intercom.get("/me");
    const page = await readText(await serve(registry));
    const moved = page.replaceAll('client="support"', 'client="api",exported_client="support"');
    const { failed, find } = await examine(["--process", await replay([moved])]);
    expect(failed).toEqual(["labels"]);
    expect(find("labels")).toMatchObject({ details: { movedLabels: ["exported_client"] } });
  });
});

describe("doctor, on the page of OpenTelemetry's Prometheus exporter", () => {
  it("finds all well where requests are counted", async () => {
    const { intercom, hosts } = await startService();
    const { provider, url } = await startExporter();
    instrumentIntercom(intercom, { client: "support", hosts, meter: provider });
    await intercom.get("/me");
    const { findings, find } = await examine(["--process", url]);
    expect(findings.filter(({ status }) => status !== "ok")).toEqual([]);
    expect(find("requests")?.details).toEqual({ requests: 1, inFlight: 0 });
  });

  it("finds both pipelines where the page of prom-client has the same client", async () => {
    const { intercom, hosts } = await startService();
    const { provider, url } = await startExporter();
    const registry = new Registry();
    instrumentIntercom(intercom, { client: "support", hosts, registry, meter: provider });
    await intercom.get("/me");
    const both = `${await readText(url)}${await readText(await serve(registry))}`;
    const { failed, find } = await examine(["--process", await replay([both])]);
    expect(failed).toEqual(["pipelines"]);
    expect(find("pipelines")).toMatchObject({ details: { clients: ["support"] } });
  });

  it("finds that durations have no classic buckets where a view makes them exponential", async () => {
    const { intercom, hosts } = await startService();
    const { provider, url } = await startExporter([
      { instrumentName: METRICS.duration.name, aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
    ]);
    instrumentIntercom(intercom, { client: "support", hosts, meter: provider });
    await intercom.get("/me");
    const { failed, find } = await examine(["--process", url]);
    expect(failed).toEqual(["histograms"]);
    expect(find("histograms")?.action).toContain("explicit buckets");
  });
});

it("doctor tells the page of the probe from one of a service", async () => {
  const { hosts } = await startService();
  const [host = ""] = hosts;
  const ending = new AbortController();
  const args = [
    "serve",
    "--base-url",
    host,
    "--status-url",
    `${host}/__status/api/v2/summary.json`,
    "--port",
    "0",
  ];
  let finding: TelemetryFinding | undefined;
  await runCli(args, {
    env: { INTERCOM_ACCESS_TOKEN: TOKEN },
    signal: ending.signal,
    onError: (line) => {
      const [, url] = /metrics at (\S+)/.exec(line) ?? [];
      if (url === undefined) return;
      examine(["--process", url]).then(({ find }) => {
        finding = find("client");
        ending.abort();
      });
    },
  });
  expect(finding).toMatchObject({ status: "warning", summary: expect.stringContaining("only the probe") });
});

describe("doctor, where there is no page", () => {
  it.each([
    ["another page", 200, "<!doctype html>\n<h1>Orders</h1>\n", "not in Prometheus's text format"],
    ["a page that wants credentials", 401, "no", "the response has status 401"],
    ["a page that is not there", 404, "Not found", "the response has status 404"],
  ])("says so of %s", async (_, status, body, summary) => {
    const stub = await startStub((__, response) => response.writeHead(status).end(body));
    onTestFinished(() => closeStub(stub));
    const { find, text, exitCode, findings } = await examine(["--process", `${stub.url}/metrics`]);
    expect(exitCode).toBe(1);
    expect(findings).toHaveLength(1);
    expect(find("reading")?.summary).toContain(summary);
    expect(text).toContain("There was nothing to read");
  });

  it("says so where nothing listens, and where nothing responds in time", async () => {
    const closed = await examine(["--process", `http://127.0.0.1:${await findClosedPort()}/metrics`]);
    expect(closed.find("reading")).toMatchObject({ code: "ECONNREFUSED", status: "failed" });
    const stub = await startStub(() => {});
    onTestFinished(() => closeStub(stub));
    const silent = await examine(["--process", `${stub.url}/metrics`, "--timeout", "0.2"]);
    expect(silent.find("reading")?.code).toBe("timeout");
  });

  it("does not read more of a page than it can hold", async () => {
    const stub = await startStub((_, response) => {
      response.write("orders_total 1\n");
      const write = () => {
        while (!response.destroyed && response.write("orders_total 1\n".repeat(50_000)));
      };
      response.on("drain", write);
      write();
    });
    onTestFinished(() => closeStub(stub));
    const { find } = await examine(["--process", `${stub.url}/metrics`]);
    expect(find("reading")?.summary).toContain("longer than 16777216 bytes");
  });
});

describe("doctor --process, used wrongly", () => {
  it.each<[readonly string[], string]>([
    [["--process", "http://127.0.0.1:1/metrics", "--store", "http://127.0.0.1:1"], "cannot be used with"],
    [["--process", "http://127.0.0.1:1/metrics", "--region", "eu"], "cannot be used with"],
    [["--process", "127.0.0.1:9464"], "Expected an http:// or https:// URL"],
    [["--config", "/dev/null"], "--config: expected --store or --process with it"],
  ])("%j ends with exit code 2", async (args, message) => {
    const { exitCode, err, out } = await runCli(["doctor", ...args]);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe("");
  });
});
