import { INTERCOM_OPERATIONS } from "@intercom-telemetry/core";
import { MeterRecorder } from "@intercom-telemetry/core/record";
import { expect, it } from "vitest";
import {
  MOST_CLIENT_INSTRUMENT_SERIES,
  MOST_INSTRUMENT_SERIES,
} from "../../packages/core/src/record/series/series-bounds.ts";
import { startMetering } from "../support/metering.ts";

/** What the SDK keeps of one instrument without `otel.metric.overflow`. */
const MOST_IN_SDK = 1999;

interface Flood {
  readonly client: string;
  readonly operation?: { readonly method: string; readonly template: string };
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly retryCount?: number;
}

function record(recorder: MeterRecorder, flood: Flood): void {
  const { client, operation = { method: "GET", template: "/me" }, status, code, retryCount = 0 } = flood;
  const error = code === undefined ? undefined : { code, category: "client", retryable: false };
  const outcome = { status, error, follows: error, retryCount, durationSeconds: 0.1, fromOtherHost: false };
  recorder.finish(outcome as never, recorder.start({ client, operation } as never));
}

it("once a client has as many series as it may, new codes share one series for each class of status", async () => {
  const { provider, readSeries, readTotal } = startMetering();
  const recorder = new MeterRecorder(provider, []);
  const attempts = MOST_CLIENT_INSTRUMENT_SERIES + 100;
  for (let kind = 0; kind < attempts; kind += 1)
    record(recorder, { client: "c", status: 404, code: `code_${kind}` });
  const series = await readSeries("requests");
  expect(series).toHaveLength(MOST_CLIENT_INSTRUMENT_SERIES + 1);
  expect(series.at(-1)?.labels).toMatchObject({ client: "c", status_code: "4xx", error_code: "other" });
  expect(await readTotal("requests")).toBe(attempts);
});

it("no instrument meets the bound of the SDK, whatever clients, operations, statuses and codes there are, and nothing is lost", async () => {
  const { provider, readSeries } = startMetering();
  const recorder = new MeterRecorder(provider, []);
  const statuses = [200, 400, 401, 404, 422, 429, 503, undefined];
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
    await readSeries("requests"),
    await readSeries("retries"),
    (await readSeries("duration")).filter(({ name }) => name.endsWith("_count")),
  ];
  for (const series of [requests, retries, duration]) {
    expect(series.length).toBeGreaterThanOrEqual(MOST_INSTRUMENT_SERIES);
    expect(series.length).toBeLessThanOrEqual(MOST_IN_SDK);
    expect(series.some(({ labels }) => "otel.metric.overflow" in labels)).toBe(false);
    const joined = series.filter(({ labels }) => labels.client === "other");
    expect(new Set(joined.map(({ labels }) => `${labels.method} ${labels.url_template}`))).toEqual(
      new Set(["_OTHER unmatched"]),
    );
  }
  expect(requests.reduce((sum, { value }) => sum + value, 0)).toBe(attempts);
  expect(duration.reduce((sum, { value }) => sum + value, 0)).toBe(attempts);
});

it("what has a series keeps it when there is no more room", async () => {
  const { provider, readValue } = startMetering();
  const recorder = new MeterRecorder(provider, []);
  record(recorder, { client: "first", status: 200 });
  for (let client = 0; client < MOST_INSTRUMENT_SERIES; client += 1)
    record(recorder, { client: `c${client}`, status: 200 });
  record(recorder, { client: "first", status: 200 });
  expect(await readValue("requests", { client: "first", status_code: "200" })).toBe(2);
  expect(await readValue("duration", { client: "first" }, "_count")).toBe(2);
});
