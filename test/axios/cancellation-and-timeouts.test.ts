import { setImmediate } from "node:timers/promises";
import { AxiosError } from "axios";
import { describe, expect, it } from "vitest";
import { failureOf, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests, readValue } from "../support/series.ts";
import { expectSpan } from "../support/spans.ts";
import { NEWEST, OLDEST, TRANSPORTS } from "../support/transports.ts";

const hanging = { simulator: { script: { rules: [{ action: { kind: "hang" } }] } } } as const;
const timedOut = {
  name: "GET /contacts/{id}",
  failed: true,
  attributes: {
    urlTemplate: "/contacts/{id}",
    errorType: "timeout",
    errorCode: "timeout",
    errorCategory: "transport",
    retryable: true,
  },
};
const canceled = {
  name: "GET /contacts/{id}",
  failed: false,
  attributes: {
    urlTemplate: "/contacts/{id}",
    errorCode: "canceled",
    errorCategory: "canceled",
    retryable: false,
  },
};

describe.each(TRANSPORTS)("$name", (transport) => {
  it("a later request interceptor that throws leaves nothing started", async () => {
    const { api, registry, tracing, simulator } = await startMeasuredApi(transport, {
      // Interceptors run last in, first out: the one registered first runs after ours.
      before: (bare) =>
        bare.interceptors.request.use(() => {
          throw new Error("no");
        }),
    });
    expect((await failureOf(api.get("/me"))).message).toBe("no");
    expect(tracing.spans()).toEqual([]);
    expect(await readRequests(registry)).toEqual({});
    expect(await readValue(registry, "inFlight", { client: "default" })).toBe(0);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("a signal that is aborted already means no request", async () => {
    const { api, registry, tracing } = await startMeasuredApi(transport);
    const error = await failureOf(api.get("/me", { signal: AbortSignal.abort() }));
    expect(transport.axios.isCancel(error)).toBe(true);
    expect(tracing.spans()).toEqual([]);
    expect(await readRequests(registry)).toEqual({});
  });

  it("an abort in flight ends the span without an error", async () => {
    const { api, registry, tracing, simulator } = await startMeasuredApi(transport, hanging);
    const controller = new AbortController();
    const call = failureOf(api.get("/contacts/1", { signal: controller.signal }));
    await expect.poll(() => simulator.ledger.inFlight).toBe(1);
    expect(await readValue(registry, "inFlight", { client: "default" })).toBe(1);
    controller.abort();
    expect(transport.axios.isCancel(await call)).toBe(true);
    expectSpan(tracing.spans()[0], canceled);
    expect(await readRequests(registry)).toEqual({ "GET /contacts/{id} canceled false": 1 });
    expect(await readValue(registry, "inFlight", { client: "default" })).toBe(0);
  });

  it("a signal that times out is a timeout, not a cancellation", async () => {
    const { api, registry, tracing } = await startMeasuredApi(transport, hanging);
    await failureOf(api.get("/contacts/1", { signal: AbortSignal.timeout(100) }));
    expectSpan(tracing.spans()[0], timedOut);
    expect(await readRequests(registry)).toEqual({ "GET /contacts/{id} timeout true": 1 });
  });

  it.each([false, true])("axios's own timeout is one, with clarifyTimeoutError %s", async (clarify) => {
    const { api, tracing, mismatches } = await startMeasuredApi(transport, hanging);
    const transitional = { clarifyTimeoutError: clarify };
    const { code } = await failureOf(api.get("/contacts/1", { timeout: 100, transitional }));
    expect(["ECONNABORTED", "ETIMEDOUT"]).toContain(code);
    expectSpan(tracing.spans()[0], timedOut);
    expect(await mismatches()).toEqual([]);
  });

  it("the old cancel token is a cancellation", async () => {
    const { api, tracing, simulator } = await startMeasuredApi(transport, hanging);
    const { token, cancel } = transport.axios.CancelToken.source();
    const call = failureOf(api.get("/contacts/1", { cancelToken: token }));
    await expect.poll(() => simulator.ledger.inFlight).toBe(1);
    cancel("the caller's reason, which is not recorded");
    await call;
    expectSpan(tracing.spans()[0], canceled);
  });

  it("a request that never settles shows in the in-flight gauge and holds no timer", async () => {
    const never = () => new Promise<never>(() => undefined);
    const { api, registry, tracing } = await startMeasuredApi(transport, { axios: { adapter: never } });
    const countTimers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const timersBefore = countTimers();
    for (let count = 0; count < 50; count += 1) void api.get("/me");
    await setImmediate();
    expect(await readValue(registry, "inFlight", { client: "default" })).toBe(50);
    // The test runner may have started another one meanwhile.
    expect(countTimers() - timersBefore).toBeLessThan(5);
    expect(tracing.spans()).toEqual([]);
  });
});

it("a cancellation made by another copy of axios is a cancellation too", async () => {
  const { token, cancel } = OLDEST.axios.CancelToken.source();
  const { api, tracing, simulator } = await startMeasuredApi(NEWEST, hanging);
  const call = failureOf(api.get("/contacts/1", { cancelToken: token }));
  await expect.poll(() => simulator.ledger.inFlight).toBe(1);
  cancel();
  await call;
  expectSpan(tracing.spans()[0], canceled);
});

it("an adapter that rejects with its own TimeoutError is a timeout", async () => {
  const { api, tracing } = await startMeasuredApi(NEWEST, {
    axios: { adapter: () => Promise.reject(new DOMException("late", "TimeoutError")) },
  });
  await failureOf(api.get("/contacts/1"));
  expectSpan(tracing.spans()[0], timedOut);
});

it("a timeout of the connection below is one too", async () => {
  const refuse = () => Promise.reject(new AxiosError("connect ETIMEDOUT 10.0.0.1:443", "ETIMEDOUT"));
  const { api, tracing } = await startMeasuredApi(NEWEST, { axios: { adapter: refuse } });
  await failureOf(api.get("/contacts/1"));
  expectSpan(tracing.spans()[0], timedOut);
});
