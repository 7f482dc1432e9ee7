import { createObserver, type Observer, resolveTelemetryOptions } from "@intercom-telemetry/core/record";
import { metrics, trace } from "@opentelemetry/api";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { startMetering } from "../support/metering.ts";
import { observeRequest, outgoing } from "../support/observer.ts";

const observe = (options: object = {}): Observer =>
  createObserver(resolveTelemetryOptions({ meter: false, onOutcome() {}, ...options }));
const recorderOf = (flush: () => Promise<void>) => ({ recorders: [{ finish() {}, flush }] });

describe("flush", () => {
  it("has the registered meter provider and tracer provider export", async () => {
    const { provider } = startMetering({ global: true });
    const tracerProvider = new BasicTracerProvider();
    trace.setGlobalTracerProvider(tracerProvider);
    onTestFinished(() => trace.disable());
    const flushes = [vi.spyOn(provider, "forceFlush"), vi.spyOn(tracerProvider, "forceFlush")];
    await observe({ meter: true }).flush();
    for (const forceFlush of flushes) expect(forceFlush).toHaveBeenCalledExactlyOnceWith();
  });

  it("has the given meter provider export, and not the registered one", async () => {
    const [given, registered] = [startMetering(), startMetering({ global: true })];
    const spies = [given, registered].map(({ provider }) => vi.spyOn(provider, "forceFlush"));
    await observe({ meter: given.provider }).flush();
    expect(spies.map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
  });

  it("follows a provider that was swapped", async () => {
    const [first, second] = [startMetering(), startMetering()];
    onTestFinished(() => metrics.disable());
    metrics.setGlobalMeterProvider(first.provider);
    const observer = observe({ meter: true });
    metrics.disable();
    metrics.setGlobalMeterProvider(second.provider);
    const spies = [first, second].map(({ provider }) => vi.spyOn(provider, "forceFlush"));
    await observer.flush();
    expect(spies.map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
  });

  it("before the first request, exports the series at 0 of a provider that was registered late", async () => {
    const observer = observe({ client: "a", meter: true });
    const { readValue } = startMetering({ global: true });
    expect(await readValue("rateLimitUnknown", { client: "a" })).toBeUndefined();
    await observer.flush();
    expect(await readValue("rateLimitUnknown", { client: "a" })).toBe(0);
  });

  it("does nothing without an SDK, or without spans and metrics", async () => {
    const lines = listenToDiag();
    await observe({ meter: true }).flush();
    await observe({ spans: false }).flush();
    expect(lines).toEqual([]);
  });

  it("waits for an attempt whose response has arrived, and not for one that is on its way", async () => {
    const order: string[] = [];
    const observer = observe(recorderOf(async () => void order.push("flush")));
    observer.start(outgoing());
    const observation = observer.start(outgoing());
    observation?.headersArrived();
    observation?.headersArrived();
    const flushed = observer.flush();
    await Promise.resolve();
    order.push("body");
    observation?.finish({ status: 200 });
    await flushed;
    expect(order).toEqual(["body", "flush"]);
  });

  it("waits for no attempt that was abandoned", async () => {
    const flush = vi.fn(async () => {});
    const observer = observe(recorderOf(flush));
    const observation = observer.start(outgoing());
    observation?.headersArrived();
    observation?.abandon();
    observation?.headersArrived();
    await observer.flush({ timeoutSeconds: 1 });
    expect(flush).toHaveBeenCalledOnce();
  });

  it("waits for no attempt whose headers are told of after its end", async () => {
    const flush = vi.fn(async () => {});
    const observer = observe(recorderOf(flush));
    const observation = observer.start(outgoing());
    observation?.finish({ status: 200 });
    observation?.headersArrived();
    void observer.flush();
    await new Promise((resolve) => setImmediate(resolve));
    expect(flush).toHaveBeenCalledOnce();
  });

  it("reports what cannot export by the kind of error alone, and the others still export", async () => {
    const lines = listenToDiag();
    const flush = vi.fn(async () => {});
    const failing = async () => {
      throw new RangeError("https://user:secret@gateway");
    };
    const finish = (): void => {};
    await observe({
      recorders: [
        { finish, flush: failing },
        { finish, flush },
      ],
    }).flush();
    expect(flush).toHaveBeenCalledOnce();
    expect(lines).toEqual(["intercom-telemetry: flush failed (RangeError)"]);
  });
});

describe("flush, on a clock that the test moves,", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
  });

  const never = (): Promise<void> => new Promise(() => {});

  it.each([
    [undefined, 5],
    [2, 2],
    [0, 5],
    [Number.NaN, 5],
    [-1, 5],
    [1e9, 600],
  ])("with timeoutSeconds %s ends after %d s, and says so", async (timeoutSeconds, seconds) => {
    const lines = listenToDiag();
    const flushed = observe(recorderOf(never)).flush({ timeoutSeconds });
    const ended = vi.fn();
    void flushed.then(ended);
    await vi.advanceTimersByTimeAsync(seconds * 1000 - 1);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledOnce();
    expect(lines).toEqual([
      `intercom-telemetry: flush did not end within ${seconds} s: the last spans or metrics may be missing`,
    ]);
  });

  it("waits 1.5 s for a caller who reads a body, then exports what there is", async () => {
    const flush = vi.fn(async () => {});
    const observer = observe(recorderOf(flush));
    observer.start(outgoing())?.headersArrived();
    void observer.flush();
    await vi.advanceTimersByTimeAsync(1499);
    expect(flush).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(flush).toHaveBeenCalledOnce();
  });

  it("leaves no timer behind", async () => {
    await observe(recorderOf(async () => {})).flush();
    expect(vi.getTimerCount()).toBe(0);
  });
});

it("the windows that have ended are in what is exported", async () => {
  const now = 1_795_552_925;
  vi.useFakeTimers({ toFake: ["Date"], now: now * 1000 });
  onTestFinished(() => void vi.useRealTimers());
  const { provider, readValue } = startMetering();
  const observer = observe({ meter: provider });
  const headers = {
    "x-ratelimit-limit": "100",
    "x-ratelimit-remaining": "40",
    "x-ratelimit-reset": String(now + 5),
    date: new Date().toUTCString(),
  };
  observeRequest(observer, { headers });
  expect(await readValue("windowUsage", {}, "_count")).toBe(0);
  vi.setSystemTime((now + 6) * 1000);
  expect(await readValue("windowUsage", {}, "_count")).toBe(1);
  expect(await readValue("windowUsage", {}, "_sum")).toBeCloseTo(0.6);
});
