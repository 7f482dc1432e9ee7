import type { FaultAction } from "@intercom-telemetry/simulator";
import { trace } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { AxiosInstance, AxiosStatic } from "axios";
import axiosRetry from "axios-retry";
import { describe, expect, it } from "vitest";
import { failureOf, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests, readTotal } from "../support/series.ts";
import { attributesOf } from "../support/spans.ts";
import { NEWEST, TRANSPORTS } from "../support/transports.ts";

const retry = (api: AxiosInstance): void => {
  axiosRetry(api, { retries: 2, retryDelay: () => 1 });
};
const failing = (times: number): { script: { rules: { times: number; action: FaultAction }[] } } => ({
  script: { rules: [{ times, action: { kind: "html", status: 502 } }] },
});
const retryCounts = (spans: readonly ReadableSpan[]) =>
  spans.map((span) => attributesOf(span).retryCount ?? 0);

describe.each(TRANSPORTS)("$name", (transport) => {
  describe.each(["before", "after"] as const)("axios-retry registered %s", (order) => {
    const start = async (times: number) => {
      const simulator = failing(times);
      const measured = await startMeasuredApi(transport, {
        simulator,
        ...(order === "before" ? { before: retry } : {}),
      });
      if (order === "after") retry(measured.api);
      return measured;
    };

    it("each attempt on the wire is one request, and the retries know their number", async () => {
      const { api, registry, tracing, mismatches } = await start(2);
      expect((await api.get("/admins")).status).toBe(200);
      expect(retryCounts(tracing.spans())).toEqual([0, 1, 2]);
      expect(await readTotal(registry, "retries")).toBe(2);
      expect(await readRequests(registry)).toEqual({
        "GET /admins 502 bad_gateway true": 2,
        "GET /admins 200": 1,
      });
      expect(await mismatches()).toEqual([]);
    });

    it("a call that fails for good leaves nothing behind for the next one", async () => {
      const { api, tracing } = await start(3);
      await failureOf(api.get("/admins"));
      await api.get("/admins");
      expect(retryCounts(tracing.spans())).toEqual([0, 1, 2, 0]);
    });

    it("concurrent calls with one shared configuration each count their own attempts", async () => {
      const { api, tracing, registry, mismatches } = await start(4);
      const shared = Object.freeze({ headers: Object.freeze({ "X-Of-All": "1" }) });
      await Promise.all([1, 2, 3, 4].map((id) => api.get(`/contacts/${id}`, shared).catch(() => undefined)));
      expect(await readTotal(registry, "retries")).toBe(4);
      expect(retryCounts(tracing.spans()).filter((count) => count === 0).length).toBe(4);
      expect(await mismatches()).toEqual([]);
    });

    it("interceptors that copy the configuration lose nothing", async () => {
      const { api, tracing, mismatches } = await start(2);
      api.interceptors.request.use((config) => ({ ...config }));
      await api.get("/admins");
      expect(retryCounts(tracing.spans())).toEqual([0, 1, 2]);
      expect(await mismatches()).toEqual([]);
    });
  });

  it("an adapter for one request is wrapped once, however often it is sent", async () => {
    const { api, registry, tracing, mismatches } = await startMeasuredApi(transport, {
      simulator: failing(2),
      before: retry,
    });
    let sent = 0;
    const { adapter: usual } = transport.axios.create().defaults;
    const resolve = (transport.axios as Partial<AxiosStatic>).getAdapter;
    const send = typeof usual === "function" ? usual : resolve?.(usual);
    if (!send) return;
    await api.get("/admins", {
      adapter: (config) => {
        sent += 1;
        return send(config);
      },
    });
    expect(sent).toBe(3);
    expect(retryCounts(tracing.spans())).toEqual([0, 1, 2]);
    expect(await readTotal(registry, "requests")).toBe(3);
    expect(await mismatches()).toEqual([]);
  });

  it("what runs during the request has its span as parent, and what runs between attempts does not", async () => {
    const during: unknown[] = [];
    const between: unknown[] = [];
    const { api, tracing } = await startMeasuredApi(transport, {
      simulator: failing(1),
      before: (bare) =>
        axiosRetry(bare, {
          retries: 1,
          retryDelay: () => 1,
          onRetry: () => void between.push(trace.getActiveSpan()),
        }),
      axios: {
        transformRequest: [(data) => data],
        adapter: (config) => {
          during.push(trace.getActiveSpan()?.spanContext().spanId);
          const status = during.length === 1 ? 502 : 200;
          const response = { status, statusText: "", headers: {}, data: "", config };
          return status === 200
            ? Promise.resolve(response)
            : Promise.reject(Object.assign(new Error("502"), { response, config, isAxiosError: true }));
        },
      },
    });
    await api.get("/admins");
    expect(during).toEqual(tracing.spans().map((span) => span.spanContext().spanId));
    expect(between).toEqual([undefined]);
  });

  it("a retry by hand from the error's configuration is a retry, and so is one after a failure that resolved", async () => {
    const { api, tracing } = await startMeasuredApi(transport, { simulator: failing(2) });
    const error = await failureOf(api.get("/admins", {}));
    const second = await api.request({ ...error.config, validateStatus: null });
    const third = await api.request(second.config);
    await api.request(third.config);
    expect(retryCounts(tracing.spans())).toEqual([0, 1, 2, 0]);
  });
});

it.each([true, false])("no dependence on the order of request interceptors (LIFO: %s)", async (legacy) => {
  const { api, tracing, mismatches } = await startMeasuredApi(NEWEST, {
    simulator: failing(2),
    before: (bare) => {
      bare.defaults.transitional = { legacyInterceptorReqResOrdering: legacy };
      bare.interceptors.request.use((config) => ({ ...config }));
      retry(bare);
    },
  });
  api.interceptors.request.use((config) => ({ ...config }));
  await api.get("/admins");
  expect(retryCounts(tracing.spans())).toEqual([0, 1, 2]);
  expect(await mismatches()).toEqual([]);
});
