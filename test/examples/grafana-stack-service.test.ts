import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { findSource, SERVICES } from "./compose-file.ts";
import { makeFolder, startShop } from "./grafana-stack-shop.ts";
import type { OtlpSpan } from "./otlp-receiver.ts";
import { findFreePorts, startProgram } from "./program.ts";

const TIMEOUT = { timeout: 40_000, interval: 100 };
/** What Prometheus 3 asks with. */
const ACCEPT =
  "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";
const BUCKET =
  /^intercom_client_request_duration_seconds_bucket\{le="([^"]+)",client="shop",method="(\w+)",url_template="([^"]+)"\} \d+ # \{trace_id="(\w+)",span_id="(\w+)"\} (\S+) \S+$/gm;

async function scrape(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { accept: ACCEPT } });
  expect(response.headers.get("content-type")).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
  return response.text();
}

const durationSeconds = ({ startTimeUnixNano, endTimeUnixNano }: OtlpSpan): number =>
  Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e9;

test("the service of the Grafana stack serves exemplars that name the very spans it sent to the collector", async () => {
  const { program, collector, metricsPort } = await startShop();
  const page = await vi.waitFor(async () => {
    const text = await scrape(metricsPort);
    expect(text.match(BUCKET)?.length).toBeGreaterThan(3);
    return text;
  }, TIMEOUT);
  const spanOf = (spanId = ""): OtlpSpan => {
    const span = collector.spans.get(spanId);
    if (!span) throw new Error(`span ${spanId} has not arrived`);
    return span;
  };
  await vi.waitFor(() => {
    for (const [, , method, urlTemplate, traceId, spanId] of page.matchAll(BUCKET)) {
      const span = spanOf(spanId);
      expect(span).toMatchObject({ traceId, name: `${method} ${urlTemplate}`, kind: 3 });
      // The trace behind a dot tells the story of an order, not only of one request.
      expect(spanOf(span.parentSpanId)).toMatchObject({ traceId, name: "follow up order" });
    }
  }, TIMEOUT);
  for (const [, le, , , , spanId, value] of page.matchAll(BUCKET)) {
    expect(Number(value)).toBeLessThanOrEqual(le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le));
    expect(Math.abs(Number(value) - durationSeconds(spanOf(spanId)))).toBeLessThan(0.1);
  }
  program.signalAll("SIGTERM");
  expect(await program.exited, program.output()).toBe(0);
});

test("the probe of the Grafana stack watches the service's Intercom with the example's own configuration", async () => {
  const { intercomPort } = await startShop();
  const [, command, , path = "", insecure = ""] = SERVICES.probe?.command ?? [];
  expect([command, insecure]).toEqual(["serve", "--insecure"]);
  const port = await findFreePorts();
  const config = readFileSync(findSource("probe", path) ?? "not mounted", "utf8")
    .replaceAll(":4010", `:${intercomPort}`)
    .replace("host: 0.0.0.0", "host: 127.0.0.1")
    .replace("port: 9465", `port: ${port}`);
  const file = join(makeFolder(), "probe.yaml");
  writeFileSync(file, config);
  const probe = startProgram("packages/cli/src/cli.ts", {
    args: ["serve", "--config", file, insecure],
    env: SERVICES.probe?.environment ?? {},
  });
  await vi.waitFor(async () => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(text).toContain('intercom_probe_token_valid{client="shop"} 1');
    expect(text).toContain('intercom_platform_status{component="overall",region=""} 0');
  }, TIMEOUT);
  probe.signalAll("SIGTERM");
  expect(await probe.exited, probe.output()).toBe(0);
});
