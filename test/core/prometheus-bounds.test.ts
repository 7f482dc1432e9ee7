import { INTERCOM_OPERATIONS } from "@intercom-telemetry/core";
import { PrometheusRecorder } from "@intercom-telemetry/core/record";
import { Registry } from "prom-client";
import { expect, it } from "vitest";
import {
  MOST_CLIENT_SERIES,
  MOST_REGISTRY_SERIES,
} from "../../packages/core/src/record/series/series-bounds.ts";
import { readSeries, readTotal } from "../support/series.ts";

const ME = { method: "GET", template: "/me" };

interface Flood {
  readonly client?: string;
  readonly operation?: { readonly method: string; readonly template: string };
  readonly status?: number | undefined;
  readonly code?: string;
  readonly category?: string;
  readonly retryCount?: number;
}

function record(recorder: PrometheusRecorder, flood: Flood): void {
  const { client = "c", operation = ME, code, category = "client", retryCount = 0 } = flood;
  const status = "status" in flood ? flood.status : 404;
  const error = code === undefined ? undefined : { code, category, retryable: false };
  const attempt = { client, operation } as never;
  const outcome = { status, error, follows: error, retryCount, durationSeconds: 0.1, fromOtherHost: false };
  recorder.finish(outcome as never, recorder.start(attempt), attempt);
}

const labelsOf = async (registry: Registry, key: "requests" | "retries") =>
  (await readSeries(registry, key)).map(({ labels }) => labels);

it("once a client has as many series as it may, new codes share one series for each class of status", async () => {
  const registry = new Registry();
  const recorder = new PrometheusRecorder(registry, []);
  for (let kind = 0; kind < MOST_CLIENT_SERIES + 500; kind += 1) record(recorder, { code: `code_${kind}` });
  record(recorder, { status: 503, code: "new" });
  record(recorder, { status: 503, code: "newer" });
  record(recorder, { status: undefined, code: "newest" });
  record(recorder, { status: 206 });
  const labels = await labelsOf(registry, "requests");
  const joined = labels.filter(
    ({ error_code, status_code }) => error_code === "other" || status_code === "2xx",
  );
  expect(joined.map(({ status_code, error_code }) => [status_code, error_code])).toEqual([
    ["4xx", "other"],
    ["5xx", "other"],
    ["", "other"],
    ["2xx", ""],
  ]);
  // Two of the retry counter are pre-initialized.
  expect(labels).toHaveLength(MOST_CLIENT_SERIES - 2 + joined.length);
  expect(await readTotal(registry, "requests")).toBe(MOST_CLIENT_SERIES + 504);
});

it("what has a series keeps it when there is no more room", async () => {
  const registry = new Registry();
  const recorder = new PrometheusRecorder(registry, []);
  record(recorder, { code: "first" });
  for (let kind = 0; kind < MOST_CLIENT_SERIES; kind += 1) record(recorder, { code: `code_${kind}` });
  record(recorder, { code: "first" });
  const first = (await readSeries(registry, "requests")).find(({ labels }) => labels.error_code === "first");
  expect(first?.value).toBe(2);
});

it("retries share the room of requests", async () => {
  const registry = new Registry();
  const recorder = new PrometheusRecorder(registry, []);
  for (let kind = 0; kind < MOST_CLIENT_SERIES; kind += 1)
    record(recorder, { code: `code_${kind}`, retryCount: 1 });
  const [requests, retries] = [await labelsOf(registry, "requests"), await labelsOf(registry, "retries")];
  expect(requests.length + retries.length).toBeLessThanOrEqual(MOST_CLIENT_SERIES + 2);
  expect(retries.at(-1)).toMatchObject({ error_code: "other", error_category: "client" });
  expect(await readTotal(registry, "retries")).toBe(MOST_CLIENT_SERIES);
  record(recorder, { operation: { method: "GET", template: "/admins" }, retryCount: 1 });
  const joined = (await labelsOf(registry, "retries")).at(-1);
  expect(joined).toMatchObject({ url_template: "/admins", error_code: "", error_category: "" });
});

it("a registry that is cleared has as much room as before", async () => {
  const registry = new Registry();
  const recorder = new PrometheusRecorder(registry, []);
  const flood = () => {
    for (let kind = 0; kind < MOST_CLIENT_SERIES; kind += 1) record(recorder, { code: `code_${kind}` });
  };
  flood();
  const before = (await labelsOf(registry, "requests")).length;
  registry.clear();
  flood();
  expect(await labelsOf(registry, "requests")).toHaveLength(before);
});

it("all clients of a registry together have a bound, beyond which the client is `other`, and nothing is lost", async () => {
  const registry = new Registry();
  const recorder = new PrometheusRecorder(registry, []);
  const statuses = [200, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, undefined];
  let attempts = 0;
  for (let client = 0; client < 100; client += 1) {
    for (const { method, template } of INTERCOM_OPERATIONS) {
      const status = statuses[attempts % statuses.length];
      const code = status === 200 ? {} : { code: `code_${attempts % 50}`, retryCount: 1 };
      record(recorder, { client: `c${client}`, operation: { method, template }, status, ...code });
      attempts += 1;
    }
  }
  const [requests, retries, duration] = [
    await readSeries(registry, "requests"),
    await readSeries(registry, "retries"),
    (await readSeries(registry, "duration")).filter(({ name }) => name.endsWith("_count")),
  ];
  const all = [...requests, ...retries, ...duration];
  expect(new Set(all.map(({ name, labels }) => name + JSON.stringify(labels))).size).toBe(all.length);
  const ofOther = all.filter(({ labels }) => labels.client === "other");
  expect(all.length - ofOther.length).toBeLessThanOrEqual(MOST_REGISTRY_SERIES);
  expect(ofOther.length).toBeGreaterThan(0);
  expect(ofOther.length).toBeLessThan(INTERCOM_OPERATIONS.length * 12);
  expect(requests.reduce((sum, { value }) => sum + value, 0)).toBe(attempts);
  expect(duration.reduce((sum, { value }) => sum + value, 0)).toBe(attempts);
  for (const client of ["c0", "c99"]) {
    expect(
      (await readSeries(registry, "inFlight")).find(({ labels }) => labels.client === client)?.value,
    ).toBe(0);
  }
});
