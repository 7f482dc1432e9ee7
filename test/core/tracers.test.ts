import { readFileSync } from "node:fs";
import { VERSION } from "@intercom-telemetry/core";
import { ProxyTracerProvider, type Tracer, type TracerProvider, trace } from "@opentelemetry/api";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createTracerSource } from "../../packages/core/src/record/tracer.ts";

/** A provider that counts whom it was asked for. */
function createProvider() {
  const asked: (readonly unknown[])[] = [];
  const inner = new BasicTracerProvider();
  const getTracer = (...args: [string, string?]): Tracer => {
    asked.push(args);
    return inner.getTracer(...args);
  };
  return { provider: { getTracer } satisfies TracerProvider, asked };
}

/** Puts something in the place of what the API gives out. */
function giveOut(provider: object): void {
  const spy = vi.spyOn(trace, "getTracerProvider").mockReturnValue(provider as TracerProvider);
  onTestFinished(() => spy.mockRestore());
}

it("our version is that of the package", () => {
  const manifest = readFileSync(new URL("../../packages/core/package.json", import.meta.url), "utf8");
  expect(VERSION).toBe(JSON.parse(manifest).version);
});

describe("the registered tracer", () => {
  it("does not exist while no SDK is registered", () => {
    expect(createTracerSource()()).toBeUndefined();
  });

  it("is that of an SDK that is registered later, asked for once by our name and version", () => {
    onTestFinished(() => trace.disable());
    const currentTracer = createTracerSource();
    expect(currentTracer()).toBeUndefined();
    const { provider, asked } = createProvider();
    trace.setGlobalTracerProvider(provider);
    const tracer = currentTracer();
    expect(tracer).toBeDefined();
    expect(currentTracer()).toBe(tracer);
    expect(asked).toEqual([["@intercom-telemetry/core", VERSION, undefined]]);
  });

  it("follows when the SDK is swapped, and is gone again with it", () => {
    onTestFinished(() => trace.disable());
    const currentTracer = createTracerSource();
    trace.setGlobalTracerProvider(createProvider().provider);
    const first = currentTracer();
    trace.disable();
    trace.setGlobalTracerProvider(createProvider().provider);
    expect(currentTracer()).not.toBe(first);
    trace.disable();
    expect(currentTracer()).toBeUndefined();
  });

  it("comes from the provider itself where an API without a proxy gives it out", () => {
    const { provider, asked } = createProvider();
    giveOut(provider);
    const currentTracer = createTracerSource();
    expect(currentTracer()).toBeDefined();
    currentTracer();
    expect(asked).toEqual([["@intercom-telemetry/core", VERSION]]);
  });

  it.each(["getDelegate", "getDelegateTracer"])(
    "comes from the provider itself where it has %s and still is not a proxy",
    (method) => {
      const { provider, asked } = createProvider();
      giveOut({ ...provider, [method]: new ProxyTracerProvider().getDelegate });
      expect(createTracerSource()()).toBeDefined();
      expect(asked).toHaveLength(1);
    },
  );
});
