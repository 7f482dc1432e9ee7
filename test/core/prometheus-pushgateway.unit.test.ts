import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pushgateway, Registry } from "prom-client";
import { expect, it, onTestFinished } from "vitest";
import { createObserver, observeRequest } from "../support/observer.ts";

it("what a job pushes to a gateway is the page of its registry", async () => {
  const received: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      received.push(body);
      response.end();
    });
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const registry = new Registry();
  observeRequest(createObserver(registry), { status: 404 });
  const { port } = server.address() as AddressInfo;
  await new Pushgateway(`http://127.0.0.1:${port}`, {}, registry).push({ jobName: "import" });
  expect(received).toEqual([await registry.metrics()]);
  expect(received[0]).toMatch(/intercom_client_requests_total\{.*error_code="not_found".*\} 1/);
});
