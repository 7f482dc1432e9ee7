import { Registry } from "prom-client";
import { describe, expect, it, vi } from "vitest";
import { readRequests, readValue } from "../support/series.ts";

describe("two copies of this package, or two transports,", () => {
  const loadCopy = async () => {
    vi.resetModules();
    return import("../../packages/core/src/record/index.ts");
  };

  it("share one set of metrics in a registry", async () => {
    const registry = new Registry();
    const copies = [await loadCopy(), await loadCopy()];
    expect(copies[0]?.PrometheusRecorder).not.toBe(copies[1]?.PrometheusRecorder);
    const recorders = copies.map(({ PrometheusRecorder }) => new PrometheusRecorder(registry, ["shared"]));
    const attempt = { client: "shared", operation: { method: "GET", template: "/me" } } as never;
    const states = recorders.map((recorder) => recorder.start(attempt));
    expect(await readValue(registry, "inFlight", { client: "shared" })).toBe(2);
    recorders.forEach((recorder, index) => {
      const state = states[index];
      if (!state) throw new Error("expected a state");
      recorder.finish({ status: 200, retryCount: 0, durationSeconds: 0.1 } as never, state, attempt);
    });
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 2 });
    expect(await readValue(registry, "duration", {}, "_count")).toBe(2);
    expect(await readValue(registry, "inFlight", { client: "shared" })).toBe(0);
  });
});
