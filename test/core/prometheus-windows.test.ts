import { Registry } from "prom-client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createObserver, observeRequest, outgoing } from "../support/observer.ts";
import { readValue } from "../support/series.ts";

const NOW = 1_795_552_925;

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: NOW * 1000 }));
afterEach(() => void vi.useRealTimers());

const window = (remaining: number, resetEpochSeconds = NOW + 5) => ({
  headers: {
    "x-ratelimit-limit": "100",
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(resetEpochSeconds),
    date: new Date().toUTCString(),
  },
});
const gauges = async (registry: Registry) => [
  await readValue(registry, "rateLimit"),
  await readValue(registry, "rateLimitRemaining"),
  await readValue(registry, "rateLimitReset"),
];

it("the window's gauges are absent until it is known, and full again when it has ended", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  expect(await gauges(registry)).toEqual([undefined, undefined, undefined]);
  observeRequest(observer, window(40));
  observeRequest(observer, window(30));
  observeRequest(observer, window(60));
  expect(await gauges(registry)).toEqual([100, 30, NOW + 5]);
  vi.setSystemTime((NOW + 5) * 1000);
  expect(await gauges(registry)).toEqual([100, 100, NOW + 5]);
});

it("one observation of usage for each window that has ended", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  observeRequest(observer, window(40));
  expect(await readValue(registry, "windowUsage", {}, "_count")).toBe(0);
  vi.setSystemTime((NOW + 6) * 1000);
  expect(await readValue(registry, "windowUsage", {}, "_count")).toBe(1);
  expect(await readValue(registry, "windowUsage", {}, "_sum")).toBeCloseTo(0.6);
  observeRequest(observer, window(99, NOW + 15));
  expect(await readValue(registry, "windowUsage", {}, "_count")).toBe(1);
});

it("responses without usable headers are counted below 500, and leave the window as it was", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  observeRequest(observer, window(40));
  for (const [status, headers] of [
    [401, {}],
    [200, { ...window(1).headers, "x-ratelimit-remaining": "1e9999" }],
    [200, { ...window(1).headers, "x-ratelimit-limit": "0" }],
    [200, window(1, NOW + 31_536_000).headers],
    [503, {}],
  ] as const) {
    observeRequest(observer, { status, headers });
  }
  observeRequest(observer, { failure: "ECONNRESET" });
  expect(await readValue(registry, "rateLimitUnknown")).toBe(4);
  expect(await gauges(registry)).toEqual([100, 40, NOW + 5]);
});

it("a Date that is not a date, or absent, falls back to the local clock", async () => {
  for (const date of ["soon", "x".repeat(100_000), ""]) {
    const registry = new Registry();
    const headers = { ...window(40).headers, date };
    observeRequest(createObserver(registry), { headers });
    expect(await gauges(registry)).toEqual([100, 40, NOW + 5]);
  }
});

it.each(["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"])(
  "a response without %s counts as one without usable headers",
  async (missing) => {
    const registry = new Registry();
    const { [missing]: _, ...headers } = window(40).headers as Record<string, string>;
    observeRequest(createObserver(registry), { headers });
    expect(await readValue(registry, "rateLimitUnknown")).toBe(1);
    expect(await gauges(registry)).toEqual([undefined, undefined, undefined]);
  },
);

it.each([
  [499, 1],
  [500, 0],
])(
  "of status %d without headers, %d is counted: from 500 on, they are not expected",
  async (status, count) => {
    const registry = new Registry();
    observeRequest(createObserver(registry), { status, headers: {} });
    expect(await readValue(registry, "rateLimitUnknown")).toBe(count);
  },
);

it.each([-300, 300])(
  "a local clock that is %d seconds off ends the window when the server does",
  async (offSeconds) => {
    const registry = new Registry();
    const { headers } = window(40);
    vi.setSystemTime((NOW + offSeconds) * 1000);
    observeRequest(createObserver(registry), { headers });
    vi.setSystemTime((NOW + offSeconds + 4.9) * 1000);
    expect(await gauges(registry)).toEqual([100, 40, NOW + 5]);
    vi.setSystemTime((NOW + offSeconds + 5) * 1000);
    expect(await gauges(registry)).toEqual([100, 100, NOW + 5]);
  },
);

it("a wall clock that moves back makes no negative duration", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  const observation = observer.start(outgoing());
  vi.setSystemTime((NOW - 3600) * 1000);
  const outcome = observation?.finish({ status: 200 });
  expect(outcome?.durationSeconds).toBeGreaterThanOrEqual(0);
  expect(outcome?.durationSeconds).toBeLessThan(5);
});
