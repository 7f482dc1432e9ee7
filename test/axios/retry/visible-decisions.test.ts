import { intercomRetry } from "@intercom-telemetry/axios/retry";
import { RETRY_REFUSED_EVENT } from "@intercom-telemetry/core";
import type { SimulatorOptions } from "@intercom-telemetry/simulator";
import { trace } from "@opentelemetry/api";
import axiosRetry from "axios-retry";
import { describe, expect, it } from "vitest";
import { failureOf, startMeasuredApi } from "../../support/measured-api.ts";
import { readTotal } from "../../support/series.ts";
import { attributesOf } from "../../support/spans.ts";
import { TRANSPORTS } from "../../support/transports.ts";
import { AXIOS_RETRIES } from "./rehearse.ts";

const unavailable = (times: number, retryAfter?: number): SimulatorOptions => ({
  script: {
    rules: [
      {
        times,
        action: {
          kind: "error_list",
          status: 503,
          code: "service_unavailable",
          ...(retryAfter === undefined ? {} : { retryAfter }),
        },
      },
    ],
  },
});

const callerSpan = <T>(work: () => Promise<T>): Promise<T> =>
  trace.getTracer("test").startActiveSpan("caller", async (span) => {
    try {
      return await work();
    } finally {
      span.end();
    }
  });

describe.each(TRANSPORTS)("$name", (transport) => {
  describe.each(AXIOS_RETRIES)("$name", ({ axiosRetry: install }) => {
    it("a retry's span says how long it waited and why, and retries are counted", async () => {
      const { simulator, api, tracing, registry, mismatches } = await startMeasuredApi(transport, {
        simulator: unavailable(2),
      });
      install(api, intercomRetry({ hosts: [simulator.url], backoffSeconds: 0.02 }));
      await api.get("/admins");
      const spans = tracing.spans().map(attributesOf);
      expect(spans.map(({ retryCount }) => retryCount)).toEqual([undefined, 1, 2]);
      expect(spans.map(({ retryReason }) => retryReason)).toEqual([
        undefined,
        "server_error",
        "server_error",
      ]);
      expect(spans[0]).not.toHaveProperty("retryDelay");
      expect(spans[1]?.retryDelay).toBeGreaterThanOrEqual(0.01);
      expect(spans[1]?.retryDelay).toBeLessThanOrEqual(0.02);
      expect(spans[2]?.retryDelay).toBeGreaterThanOrEqual(0.02);
      expect(spans[2]?.retryDelay).toBeLessThanOrEqual(0.04);
      expect(await readTotal(registry, "retries")).toBe(2);
      expect(await mismatches()).toEqual([]);
    });
  });
});

const [, , , NEWEST] = TRANSPORTS;
if (!NEWEST) throw new Error("expected a fourth transport");

describe("a decision", () => {
  const refusal = async (options: SimulatorOptions, retry: object, call: object) => {
    const { simulator, api, tracing } = await startMeasuredApi(NEWEST, { simulator: options });
    axiosRetry(api, intercomRetry({ hosts: [simulator.url], backoffSeconds: 0.001, ...retry }));
    await callerSpan(() => failureOf(api.request(call)));
    const caller = tracing.spans().find(({ name }) => name === "caller");
    return caller?.events.map(({ name, attributes }) => [name, attributes]);
  };
  const event = (reason: string) => [[RETRY_REFUSED_EVENT, { "intercom.retry.reason": reason }]];

  it("names the header that it followed", async () => {
    const { simulator, api, tracing } = await startMeasuredApi(NEWEST, { simulator: unavailable(1, 1) });
    axiosRetry(api, intercomRetry({ hosts: [simulator.url] }));
    await api.get("/admins");
    const { retryDelay, retryReason } = attributesOf(tracing.spans()[1]);
    expect(retryReason).toBe("retry_after");
    expect(retryDelay).toBeGreaterThanOrEqual(1);
    expect(retryDelay).toBeLessThanOrEqual(1.2);
  });

  it("not to repeat a write is an event on the caller's span", async () => {
    const call = { method: "post", url: "/contacts", data: { role: "user" } };
    expect(await refusal(unavailable(1), {}, call)).toEqual(event("outcome_unknown"));
  });

  it("to give up at the deadline is an event on the caller's span", async () => {
    const call = { url: "/admins" };
    expect(await refusal(unavailable(1, 30), { deadlineSeconds: 5 }, call)).toEqual(event("deadline"));
  });

  it("to leave a job limit to the caller is an event on the caller's span", async () => {
    const script = { rules: [{ action: { kind: "rate_limited", by: "jobs" } as const }] };
    const call = { method: "post", url: "/export/content/data", data: {} };
    expect(await refusal({ script }, {}, call)).toEqual(event("wait_for_condition"));
  });

  it("to end after the last retry is an event on the caller's span", async () => {
    expect(await refusal(unavailable(2), { retries: 1 }, { url: "/admins" })).toEqual(
      event("retries_used_up"),
    );
  });

  it("about what no retry could mend is not mentioned", async () => {
    expect(await refusal({}, {}, { url: "/contacts/none" })).toEqual([]);
  });
});
