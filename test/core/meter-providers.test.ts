import {
  createObserver,
  type Observer,
  resolveTelemetryOptions,
  VERSION,
} from "@intercom-telemetry/core/record";
import { type MeterProvider, metrics } from "@opentelemetry/api";
import { MeterProvider as SdkMeterProvider } from "@opentelemetry/sdk-metrics";
import { Registry } from "prom-client";
import { expect, it, onTestFinished, vi } from "vitest";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { startMetering } from "../support/metering.ts";
import { observeRequest, outgoing } from "../support/observer.ts";
import { readTotal } from "../support/series.ts";

const observe = (options: object): Observer =>
  createObserver(resolveTelemetryOptions({ spans: false, onOutcome() {}, ...options }));

/** Makes this provider the registered one, as an SDK does that is started again. */
function swapTo(provider: MeterProvider): void {
  metrics.disable();
  metrics.setGlobalMeterProvider(provider);
  onTestFinished(() => metrics.disable());
}

it("without a registry, metrics go to the provider that is registered", async () => {
  const { readTotal: readMeter } = startMetering({ global: true });
  observeRequest(observe({}));
  expect(await readMeter("requests")).toBe(1);
});

it("with a registry, they go there and not to the provider, and nothing is warned of", async () => {
  const lines = listenToDiag();
  const { collect } = startMetering({ global: true });
  const registry = new Registry();
  observeRequest(observe({ registry }));
  expect(await readTotal(registry, "requests")).toBe(1);
  expect(await collect()).toEqual([]);
  expect(lines).toEqual([]);
});

it("`meter: false` keeps them from the provider", async () => {
  const { collect } = startMetering({ global: true });
  observeRequest(observe({ meter: false }));
  expect(await collect()).toEqual([]);
});

it("a registry and a meter at once are warned of, since one store would have every sum twice", async () => {
  const lines = listenToDiag();
  const { provider, readTotal: readMeter } = startMetering();
  const registry = new Registry();
  observeRequest(observe({ registry, meter: provider }));
  expect([await readTotal(registry, "requests"), await readMeter("requests")]).toEqual([1, 1]);
  observe({ registry, meter: true });
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toContain("`registry` and `meter` are both set");
});

it("a provider is asked for one meter with our name and version, whose series another copy of the package finds", () => {
  const { provider } = startMetering();
  const getMeter = vi.spyOn(provider, "getMeter");
  for (const client of ["a", "b"]) observe({ client, meter: provider });
  expect(getMeter).toHaveBeenCalledExactlyOnceWith("@intercom-telemetry/core", VERSION);
  const shared = Reflect.get(globalThis, Symbol.for("@intercom-telemetry/core.meter-series.1"));
  expect(shared).toBeInstanceOf(WeakMap);
  expect((shared as WeakMap<object, unknown>).has(provider)).toBe(true);
});

it("what is not known has no value, and the SDK has nothing to warn of", async () => {
  const lines = listenToDiag();
  const { provider, readSeries } = startMetering();
  observe({ client: "a", meter: provider });
  expect(await readSeries("rateLimit")).toEqual([]);
  expect(lines).toEqual([]);
});

it("a provider that is registered late gets what happens from then on", async () => {
  const observer = observe({ client: "a" });
  const early = observer.start(outgoing());
  observeRequest(observer);
  const { readTotal: readMeter, readValue } = startMetering({ global: true });
  early?.finish({ status: 200 });
  observeRequest(observer);
  expect(await readMeter("requests")).toBe(1);
  expect(await readValue("inFlight", { client: "a" })).toBe(0);
  expect(await readValue("rateLimitUnknown", { client: "a" })).toBe(0);
});

it("when the provider is swapped, an attempt ends where it began and the next one begins at the new one", async () => {
  const [first, second] = [startMetering(), startMetering()];
  swapTo(first.provider);
  const observer = observe({ client: "a" });
  const underWay = observer.start(outgoing());
  swapTo(second.provider);
  underWay?.finish({ status: 200 });
  observeRequest(observer);
  for (const { readTotal: readMeter, readValue } of [first, second]) {
    expect(await readMeter("requests")).toBe(1);
    expect(await readValue("inFlight", { client: "a" })).toBe(0);
  }
});

it("a provider that comes back continues where it was", async () => {
  const [first, second] = [startMetering(), startMetering()];
  const observer = observe({ client: "a" });
  for (const { provider } of [first, second, first]) {
    swapTo(provider);
    observeRequest(observer);
  }
  expect(await first.readTotal("requests")).toBe(2);
  expect(await first.readValue("inFlight", { client: "a" })).toBe(0);
});

it("a provider that was shut down harms nothing, before and after the first attempt", async () => {
  const lines = listenToDiag();
  for (const attempts of [0, 1]) {
    const provider = new SdkMeterProvider();
    const observer = observe({ meter: provider });
    for (let attempt = 0; attempt < attempts; attempt += 1) observeRequest(observer);
    await provider.shutdown();
    expect(observeRequest(observer)?.status).toBe(200);
  }
  expect(lines).toEqual([]);
  const gone = new SdkMeterProvider();
  await gone.shutdown();
  const observer = observe({ meter: gone });
  for (let attempt = 0; attempt < 3; attempt += 1) expect(observeRequest(observer)?.status).toBe(200);
  expect(lines).toEqual(["A shutdown MeterProvider cannot provide a Meter"]);
});

const fail = (): never => {
  throw new RangeError("secret");
};
const observable = { addCallback() {}, removeCallback() {} };
const meterOf = (parts: object) => ({
  createCounter: () => ({ add() {} }),
  createHistogram: () => ({ record() {} }),
  createObservableGauge: () => observable,
  createObservableUpDownCounter: () => observable,
  ...parts,
});

it.each([
  ["gives no meter", fail, "RangeError"],
  ["gives nothing", () => undefined, "TypeError"],
  ["gives an empty meter", () => ({}), "TypeError"],
  ["makes no counter", () => meterOf({ createCounter: fail }), "RangeError"],
  ["has counters that throw", () => meterOf({ createCounter: () => ({ add: fail }) }), "RangeError"],
])("a provider that %s is asked once, warned of, and harms nothing", (_, give, kind) => {
  const lines = listenToDiag();
  const getMeter = vi.fn(give);
  const observer = observe({ meter: { getMeter } });
  for (let attempt = 0; attempt < 3; attempt += 1) expect(observeRequest(observer)?.status).toBe(200);
  expect(getMeter).toHaveBeenCalledOnce();
  expect(lines).toEqual([
    `intercom-telemetry: the meter provider cannot be used and gets no metrics (${kind})`,
  ]);
});

it("instruments that begin to throw harm no request", () => {
  let isBroken = false;
  const add = () => isBroken && fail();
  const observer = observe({ meter: { getMeter: () => meterOf({ createCounter: () => ({ add }) }) } });
  isBroken = true;
  expect(observeRequest(observer)?.status).toBe(200);
});

it("however many observers share a provider, it calls one callback for each gauge", () => {
  let callbacks = 0;
  const counted = { addCallback: () => (callbacks += 1), removeCallback() {} };
  const meter = meterOf({
    createObservableGauge: () => counted,
    createObservableUpDownCounter: () => counted,
  });
  const provider = { getMeter: () => meter };
  for (let client = 0; client < 50; client += 1)
    observeRequest(observe({ client: `c${client}`, meter: provider }));
  expect(callbacks).toBe(5);
});

it.each([
  [1, "meter: expected a boolean or an OpenTelemetry MeterProvider, got 1"],
  ["on", 'meter: expected a boolean or an OpenTelemetry MeterProvider, got "on"'],
  [{ getMeter: true }, "meter: expected a boolean or an OpenTelemetry MeterProvider, got an object"],
])("the option refuses %j", (meter, message) => {
  expect(() => observe({ meter })).toThrow(message);
});
