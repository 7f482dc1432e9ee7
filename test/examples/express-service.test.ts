import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { findFreePorts, type Program, startProgram } from "./program.ts";

const TIMEOUT = { timeout: 10_000, interval: 50 };

interface Service {
  readonly program: Program;
  readonly url: string;
}

async function startService(env: Readonly<Record<string, string>> = {}): Promise<Service> {
  const port = await findFreePorts();
  const none = { OTEL_EXPORTER_OTLP_ENDPOINT: undefined, OTEL_TRACES_EXPORTER: undefined };
  const program = startProgram("examples/express-service/src/main.ts", {
    env: { ...none, PORT: String(port), ...env },
  });
  await program.printed(/The service is on/);
  return { program, url: `http://127.0.0.1:${port}` };
}

function createCustomer({ url }: Service, email: string): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${url}/customers`, { method: "POST", headers, body: JSON.stringify({ email }) });
}

async function stop({ program }: Service): Promise<number> {
  const startedMilliseconds = performance.now();
  program.signalAll("SIGTERM");
  expect(await program.exited, program.output()).toBe(0);
  return (performance.now() - startedMilliseconds) / 1000;
}

/** A collector that takes everything; gives its address and the paths that were posted to. */
async function startCollector() {
  const paths: string[] = [];
  const listener: RequestListener = (request, response) => {
    paths.push(request.url ?? "");
    request.resume().on("end", () => response.end());
  };
  const server = createServer(listener).listen(0, "127.0.0.1");
  await vi.waitFor(() => expect(server.listening).toBe(true));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
}

test("the Express example creates and reads customers and shows what that cost in its metrics", async () => {
  const service = await startService();
  const created = await createCustomer(service, "ann@example.com");
  expect(created.status).toBe(201);
  const { id } = (await created.json()) as { id: string };
  const found = await fetch(`${service.url}/customers/${id}`);
  expect(await found.json()).toEqual({ id, email: "ann@example.com" });
  const metrics = await fetch(`${service.url}/metrics`);
  expect(metrics.headers.get("content-type")).toContain("text/plain");
  expect(await metrics.text()).toContain(
    'intercom_client_requests_total{client="customers",method="POST",url_template="/contacts",status_code="200",error_code="",error_category="",retryable=""} 1',
  );
});

test("failures of Intercom's gateway are retried: callers see none, the metrics all", async () => {
  const service = await startService();
  const { id } = (await (await createCustomer(service, "ann@example.com")).json()) as { id: string };
  for (let call = 0; call < 5; call++) {
    expect((await fetch(`${service.url}/customers/${id}`)).status).toBe(200);
  }
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  const labels = 'client="customers",method="GET",url_template="/contacts/{id}"';
  const count = (name: string, more = ""): number =>
    Number(metrics.split(`${name}{${labels}${more}} `)[1]?.split("\n")[0]);
  const failed = count(
    "intercom_client_requests_total",
    ',status_code="502",error_code="bad_gateway",error_category="server",retryable="true"',
  );
  expect(failed).toBeGreaterThan(0);
  expect(count("intercom_client_retries_total", ',error_code="bad_gateway",error_category="server"')).toBe(
    failed,
  );
});

test("a customer that is not there, and one that Intercom refuses, are told apart", async () => {
  const service = await startService();
  expect((await fetch(`${service.url}/customers/nobody`)).status).toBe(404);
  expect((await createCustomer(service, "no address")).status).toBe(400);
});

test("without a collector it says nothing about one, and stops at once", async () => {
  const service = await startService();
  await createCustomer(service, "ann@example.com");
  expect(await stop(service)).toBeLessThan(10);
  expect(service.program.output().trim().split("\n")).toHaveLength(1);
});

test("a collector that is down neither fails a request nor keeps the service from stopping", async () => {
  const closed = await findFreePorts();
  const service = await startService({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${closed}` });
  expect((await createCustomer(service, "ann@example.com")).status).toBe(201);
  expect(await stop(service)).toBeLessThan(10);
});

test("a collector gets the spans by OpenTelemetry's own variable, the last ones when the service stops", async () => {
  const collector = await startCollector();
  const service = await startService({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  await createCustomer(service, "ann@example.com");
  await stop(service);
  await vi.waitFor(() => expect(collector.paths).toContain("/v1/traces"), TIMEOUT);
});
