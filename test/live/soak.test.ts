import { Agent } from "node:http";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import type { LedgerEntry } from "@intercom-telemetry/simulator";
import type { AxiosInstance, AxiosRequestConfig } from "axios";
import axiosRetry from "axios-retry";
import { Registry } from "prom-client";
import { expect, it, onTestFinished } from "vitest";
import { ALL_FAULTS } from "../support/all-faults.ts";
import { compareRecords, tallyCounters, tallyLedger, tallySpans } from "../support/compare-records.ts";
import { type CallByNumber, EVERYDAY_CALLS } from "../support/everyday-calls.ts";
import { startIntercom } from "../support/measured-api.ts";
import { readTotal, readValue } from "../support/series.ts";
import { attributesOf } from "../support/spans.ts";
import { startTracing } from "../support/tracing.ts";
import { createInstance, NEWEST } from "../support/transports.ts";

/** `npm run soak` attempts as many as there is time for. */
const REQUESTS_PER_ORDER = 3000;
const CONCURRENT_CALLS = 40;
const SILENT_PATH = "/tags/never";
/** Long enough to have arrived, and only where no response comes: else it would race the response on a slow machine. */
const SILENT_CALL: AxiosRequestConfig = { url: SILENT_PATH, timeout: 2000 };
const CALLS_TO_ONE_SILENT = 101;

/** Each fault has its own share of what the faults before it let through, so that all of them happen. */
const script = {
  rules: [
    { match: { path: SILENT_PATH }, action: { kind: "hang" } },
    ...ALL_FAULTS.map((action) => ({ action, probability: 0.01 })),
  ],
} as const;

/** What a service attempts, by the number of the call. */
const CALLS: readonly CallByNumber[] = [
  ...EVERYDAY_CALLS,
  () => ({ url: "/companies/scroll" }),
  (call) => ({ url: `/conversations/${call}?display_as=plaintext` }),
  (call) => ({ method: "post", url: "/events", data: { event_name: "x", created_at: call, user_id: "u" } }),
  (call) => ({ method: "put", url: `/teams/${call}`, data: { name: "Team" } }),
  (call) => ({ url: `/nowhere/${call}`, params: { page: call } }),
  () => ({ url: "/me", headers: { Authorization: "Bearer wrong" } }),
];

const retry = (api: AxiosInstance): void => {
  axiosRetry(api, { retries: 2, retryDelay: () => 1 });
};

const configOf = (call: number): AxiosRequestConfig =>
  call % CALLS_TO_ONE_SILENT === 0 ? SILENT_CALL : (CALLS[call % CALLS.length]?.(call) ?? {});

/** How many attempts each call took, by the header with which it said who it was. */
function countAttempts(entries: readonly LedgerEntry[]): number[] {
  const attempts = new Map<string, number>();
  for (const { correlation = "" } of entries) attempts.set(correlation, (attempts.get(correlation) ?? 0) + 1);
  return [...attempts.values()];
}

it.each(["before", "after"] as const)(
  "3,000 requests under faults, axios-retry registered %s us: ledger, spans and counters agree on each",
  async (order) => {
    const tracing = startTracing();
    const apps = [{ name: "soak", token: "demo-token", limitPerWindow: 400 }];
    const intercom = await startIntercom({ script, apps, windowSeconds: 1, seed: 7 });
    const httpAgent = new Agent({ keepAlive: true, maxSockets: CONCURRENT_CALLS });
    onTestFinished(() => httpAgent.destroy());
    const api = createInstance(NEWEST, {
      baseURL: intercom.url,
      httpAgent,
      headers: { Authorization: "Bearer demo-token" },
    });
    const registry = new Registry();
    if (order === "before") retry(api);
    instrumentIntercom(api, { hosts: [intercom.url], registry });
    if (order === "after") retry(api);
    let calls = 0;
    let sent = 0;
    api.interceptors.request.use((config) => {
      sent += 1;
      return config;
    });
    const work = async (): Promise<void> => {
      while (sent < REQUESTS_PER_ORDER) {
        calls += 1;
        const config = configOf(calls);
        const headers = { ...config.headers, "x-simulator-correlation": String(calls) };
        await api.request({ ...config, headers } as AxiosRequestConfig).catch(() => undefined);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT_CALLS }, work));
    await intercom.ledger.waitForIdle();
    const entries = intercom.ledger.entries();
    const spans = tracing.spans();
    expect(entries.length).toBeGreaterThanOrEqual(REQUESTS_PER_ORDER);
    const counters = await tallyCounters(registry);
    expect(compareRecords({ ledger: tallyLedger(entries), spans: tallySpans(spans), counters })).toEqual([]);
    expect(counters.size).toBeGreaterThan(100);
    const retries = spans.filter((span) => attributesOf(span).retryCount !== undefined).length;
    expect(retries).toBeGreaterThan(150);
    expect(retries).toBe(entries.length - countAttempts(entries).length);
    expect(await readTotal(registry, "retries")).toBe(retries);
    expect(await readTotal(registry, "failures")).toBe(0);
    expect(await readValue(registry, "inFlight")).toBe(0);
  },
);
