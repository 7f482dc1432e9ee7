import { METRICS } from "@intercom-telemetry/core/contract";
import { createObserver, resolveTelemetryOptions } from "@intercom-telemetry/core/record";
import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { startMetering } from "../support/metering.ts";
import { observeRequest } from "../support/observer.ts";
import { readSeries, type Series } from "../support/series.ts";

/** Five requests to two operations of client `a`. */
function callBoth(options: object): void {
  const observer = createObserver(resolveTelemetryOptions({ client: "a", spans: false, ...options }));
  for (let call = 0; call < 3; call += 1) observeRequest(observer);
  for (let call = 0; call < 2; call += 1) observeRequest(observer, { method: "POST", path: "/contacts" });
}

const counts = (series: readonly Series[]) =>
  series.flatMap(({ name, labels, value }) =>
    name === `${METRICS.duration.name}_count` ? [{ labels, value }] : [],
  );
const OF_CLIENT = { client: "a", method: "", url_template: "" };
const BY_OPERATION = [
  { labels: { client: "a", method: "GET", url_template: "/me" }, value: 3 },
  { labels: { client: "a", method: "POST", url_template: "/contacts" }, value: 2 },
];

it("one duration histogram a client, when asked for, has empty labels for the operation in a registry and a meter", async () => {
  const registry = new Registry();
  const { provider, readSeries: readMeter } = startMetering();
  callBoth({ registry, durationPerOperation: false });
  callBoth({ meter: provider, durationPerOperation: false });
  for (const series of [await readSeries(registry, "duration"), await readMeter("duration")]) {
    expect(counts(series)).toEqual([{ labels: OF_CLIENT, value: 5 }]);
  }
});

it("counters keep the operation", async () => {
  const registry = new Registry();
  callBoth({ registry, durationPerOperation: false });
  const counted = (await readSeries(registry, "requests")).filter(({ value }) => value > 0);
  expect(counted.map(({ labels, value }) => [labels.url_template, value])).toEqual([
    ["/me", 3],
    ["/contacts", 2],
  ]);
});

it("by default it is one an operation", async () => {
  const registry = new Registry();
  callBoth({ registry });
  expect(counts(await readSeries(registry, "duration"))).toEqual(BY_OPERATION);
});

it("two instances in one registry may differ, and every attempt is in one histogram", async () => {
  const registry = new Registry();
  callBoth({ registry, durationPerOperation: false });
  callBoth({ registry });
  expect(counts(await readSeries(registry, "duration"))).toEqual([
    { labels: OF_CLIENT, value: 5 },
    ...BY_OPERATION,
  ]);
});

it("the option refuses what is not a boolean", () => {
  expect(() => callBoth({ durationPerOperation: "no" })).toThrow(
    "durationPerOperation: expected a boolean, got a string of 2 characters",
  );
});
