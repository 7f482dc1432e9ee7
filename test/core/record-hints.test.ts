import { createObserver, resolveTelemetryOptions } from "@intercom-telemetry/core/record";
import { context, createNoopMeter, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { Registry } from "prom-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { handOvers, isHandingOver } from "../../packages/core/src/record/hand-over.ts";
import { recordRefusal } from "../../packages/core/src/record/record-refusal.ts";
import { isTracingSuppressed, suppressTracing } from "../../packages/core/src/record/suppression.ts";
import { warnVisibly } from "../../packages/core/src/record/warn.ts";
import { startMetering } from "../support/metering.ts";
import { observeRequest } from "../support/observer.ts";
import { startTracing } from "../support/tracing.ts";

describe("that nothing records requests to Intercom", () => {
  const emitted = vi.fn();
  beforeEach(() => {
    emitted.mockReset();
    vi.spyOn(process, "emitWarning").mockImplementation(emitted);
  });

  /** How often it was said after some requests. */
  function saidWith(options: object): number {
    const observer = createObserver(resolveTelemetryOptions(options));
    expect(emitted).not.toHaveBeenCalled();
    for (const path of ["/me", "/admins"]) observeRequest(observer, { path });
    return emitted.mock.calls.length;
  }

  it("is said once, with what to do about it", () => {
    expect(saidWith({})).toBe(1);
    expect(emitted).toHaveBeenCalledWith(
      "requests to Intercom are under way and nothing records them: pass `registry` (the `register` of prom-client) " +
        "for metrics, or register an OpenTelemetry SDK for spans and metrics",
      { type: "IntercomTelemetryWarning", code: "INTERCOM_TELEMETRY_SILENT" },
    );
    expect(emitted).toHaveBeenCalledTimes(1);
  });

  it("is also said where spans and meter are turned off", () => {
    expect(saidWith({ spans: false, meter: false })).toBe(1);
  });

  it.each<[string, () => object]>([
    ["a registry", () => ({ registry: new Registry() })],
    ["a recorder", () => ({ recorders: [{ finish: () => undefined }] })],
    ["onOutcome", () => ({ onOutcome: () => undefined })],
  ])("is not said with %s", (_what, options) => {
    expect(saidWith(options())).toBe(0);
  });

  it("is not said with an SDK for spans, unless they are turned off", () => {
    startTracing();
    expect(saidWith({})).toBe(0);
    expect(saidWith({ spans: false })).toBe(1);
  });

  it("is not said with an SDK for metrics, unless they are turned off", () => {
    startMetering({ global: true });
    expect(saidWith({})).toBe(0);
    expect(saidWith({ meter: false })).toBe(1);
  });

  it("is said with a provider of metrics that drops everything", () => {
    expect(saidWith({ meter: { getMeter: () => createNoopMeter() } })).toBe(1);
  });
});

describe("a hint", () => {
  it("goes to the console where the runtime has no process warnings", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    for (const runtime of [undefined, {}]) {
      vi.stubGlobal("process", runtime);
      warnVisibly("CODE", "look here");
      vi.unstubAllGlobals();
    }
    expect(warn.mock.calls).toEqual([["intercom-telemetry: look here"], ["intercom-telemetry: look here"]]);
  });

  it("goes nowhere where there is no console either, and harms nothing where it throws", () => {
    vi.stubGlobal("process", undefined);
    vi.stubGlobal("console", undefined);
    warnVisibly("CODE", "look here");
    vi.unstubAllGlobals();
    vi.spyOn(process, "emitWarning").mockImplementation(() => {
      throw new Error("broken");
    });
    warnVisibly("CODE", "look here");
  });
});

it("a request is being handed over until every hand-over has ended, also for another copy of the package", () => {
  expect(isHandingOver()).toBe(false);
  handOvers.depth += 1;
  expect(isHandingOver()).toBe(true);
  expect(Reflect.get(globalThis, Symbol.for("@intercom-telemetry/core.hand-overs.1"))).toMatchObject({
    depth: 1,
  });
  handOvers.depth -= 1;
  expect(isHandingOver()).toBe(false);
});

it("tracing is suppressed by the key of the SDK", () => {
  const key = Symbol.for("OpenTelemetry SDK Context Key SUPPRESS_TRACING");
  expect(isTracingSuppressed(ROOT_CONTEXT)).toBe(false);
  expect(isTracingSuppressed(ROOT_CONTEXT.setValue(key, true))).toBe(true);
  expect(isTracingSuppressed(ROOT_CONTEXT.setValue(key, "true"))).toBe(false);
  expect(suppressTracing(ROOT_CONTEXT).getValue(key)).toBe(true);
});

it("why a request is not retried is an event of the active span, unless no retry could mend it", () => {
  const tracing = startTracing();
  recordRefusal("deadline");
  const span = trace.getTracer("test").startSpan("caller");
  context.with(trace.setSpan(context.active(), span), () => {
    recordRefusal("not_retryable");
    recordRefusal("deadline");
  });
  span.end();
  expect(tracing.spans()[0]?.events).toMatchObject([
    { name: "intercom.retry.refused", attributes: { "intercom.retry.reason": "deadline" } },
  ]);
});
