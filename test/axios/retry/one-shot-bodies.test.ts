import { Readable } from "node:stream";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import { intercomRetry } from "@intercom-telemetry/axios/retry";
import { RETRY_REFUSED_EVENT } from "@intercom-telemetry/core";
import { trace } from "@opentelemetry/api";
import axiosRetry from "axios-retry";
import FormDataPackage from "form-data";
import { describe, expect, it } from "vitest";
import { failureOf, startIntercom } from "../../support/measured-api.ts";
import { startTracing } from "../../support/tracing.ts";
import { createInstance, NEWEST, TRANSPORTS } from "../../support/transports.ts";

const overloadedOnce = {
  script: { rules: [{ times: 1, action: { kind: "rate_limited", by: "overload" } as const }] },
};
const headers = { Authorization: "Bearer demo-token", "Content-Type": "application/json" };
const bytes = () => [Buffer.from(JSON.stringify({ role: "user", name: "a".repeat(4000) }))];

describe.each(TRANSPORTS.filter(({ adapter }) => adapter === "http"))("$name", (transport) => {
  it.each([false, true])(
    "a stream is sent once, and the caller gets the response to it (instrumented: %s)",
    async (instrumented) => {
      const simulator = await startIntercom(overloadedOnce);
      const api = createInstance(transport, { baseURL: simulator.url, headers });
      axiosRetry(api, intercomRetry({ hosts: [simulator.url], backoffSeconds: 0.001 }));
      if (instrumented) instrumentIntercom(api, { hosts: [simulator.url] });
      const error = await failureOf(api.post("/contacts", Readable.from(bytes())));
      expect(error.response?.status).toBe(429);
      await simulator.ledger.waitForIdle();
      expect(simulator.ledger.entries()).toHaveLength(1);
    },
  );
});

it("a form whose parts can be read again is sent again, and a stream in it is not", async () => {
  const simulator = await startIntercom({
    script: { rules: [{ action: { kind: "rate_limited", by: "overload" } }] },
  });
  const api = createInstance(NEWEST, {
    baseURL: simulator.url,
    headers: { Authorization: "Bearer demo-token" },
  });
  axiosRetry(api, intercomRetry({ hosts: [simulator.url], backoffSeconds: 0.001, retries: 1 }));
  const form = new FormData();
  form.set("name", "a");
  await failureOf(api.post("/contacts", form));
  expect(simulator.ledger.entries()).toHaveLength(2);
  // Axios builds a form from an object, and streams are its parts.
  await failureOf(api.postForm("/contacts", { file: Readable.from(bytes()) }));
  await simulator.ledger.waitForIdle();
  expect(simulator.ledger.entries()).toHaveLength(3);
});

it("what the form-data package builds is a stream, and is sent once", async () => {
  const simulator = await startIntercom(overloadedOnce);
  const api = createInstance(NEWEST, {
    baseURL: simulator.url,
    headers: { Authorization: "Bearer demo-token" },
  });
  axiosRetry(api, intercomRetry({ hosts: [simulator.url], backoffSeconds: 0.001 }));
  const form = new FormDataPackage();
  form.append("name", "a");
  const error = await failureOf(api.post("/contacts", form));
  expect(error.response?.status).toBe(429);
  await simulator.ledger.waitForIdle();
  expect(simulator.ledger.entries()).toHaveLength(1);
});

it("the caller's span says that the body was used", async () => {
  const tracing = startTracing();
  const simulator = await startIntercom(overloadedOnce);
  const api = createInstance(NEWEST, { baseURL: simulator.url, headers });
  axiosRetry(api, intercomRetry({ hosts: [simulator.url] }));
  await trace.getTracer("test").startActiveSpan("caller", async (span) => {
    await failureOf(api.post("/contacts", Readable.from(bytes())));
    span.end();
  });
  const caller = tracing.spans().find(({ name }) => name === "caller");
  expect(caller?.events.map(({ name, attributes }) => [name, attributes])).toEqual([
    [RETRY_REFUSED_EVENT, { "intercom.retry.reason": "body_used" }],
  ]);
});
