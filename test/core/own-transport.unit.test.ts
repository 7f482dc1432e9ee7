import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { METRICS } from "@intercom-telemetry/core/contract";
import {
  createObserver,
  headerReader,
  type Observer,
  resolveTelemetryOptions,
} from "@intercom-telemetry/core/record";
import { Registry } from "prom-client";
import { request } from "undici";
import { afterAll, beforeAll, expect, it } from "vitest";

// region: transport
/** undici's `request`, recorded. */
async function recordedRequest(observer: Observer, url: string, method: string): Promise<unknown> {
  const attempt = observer.start({ method, url, header: () => undefined, retryCount: 0 });
  const send = () => request(url, { method: method as "GET" });
  if (attempt === undefined) return (await send()).body.json(); // not Intercom, or ignored
  try {
    const { statusCode, headers, body } = await attempt.run(send, undefined);
    const text = await body.text();
    attempt.finish({ status: statusCode, headers: headerReader(headers), body: text });
    return JSON.parse(text);
  } catch (error) {
    attempt.finish({ failureCode: (error as { code?: string }).code ?? "network_error" });
    throw error;
  }
}
// end

let base = "";
const server = createServer((_request, response) => {
  response.writeHead(429, { "content-type": "application/json" });
  response.end('{"type":"error.list","errors":[{"code":"rate_limit_exceeded","message":"m"}]}');
});

beforeAll(
  () =>
    new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", () => {
        base = `127.0.0.1:${(server.address() as AddressInfo).port}`;
        resolve();
      }),
    ),
);
afterAll(() => new Promise((resolve) => server.close(resolve)));

it("a transport of a few lines is classified and counted as ours are", async () => {
  const registry = new Registry();
  const closed = "127.0.0.1:9";
  const options = resolveTelemetryOptions({ registry, hosts: [base, closed] });
  const observer = createObserver(options);
  await recordedRequest(observer, `http://${base}/contacts/5f0`, "GET");
  await expect(recordedRequest(observer, `http://${closed}/me`, "GET")).rejects.toThrow();
  const page = await registry.getSingleMetricAsString(METRICS.requests.name);
  expect(page).toContain(
    'url_template="/contacts/{id}",status_code="429",error_code="rate_limit_exceeded",error_category="rate_limit",retryable="true"} 1',
  );
  expect(page).toContain(
    'url_template="/me",status_code="",error_code="connection_refused",error_category="transport",retryable="true"} 1',
  );
});
