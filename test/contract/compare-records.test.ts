import { describe, expect, it } from "vitest";
import { compareRecords, tallyCounters, tallyLedger, tallySpans } from "../support/compare-records.ts";
import { startMeasuredApi } from "../support/measured-api.ts";
import { NEWEST } from "../support/transports.ts";

/** Three true records of two requests. */
async function record() {
  const { api, registry, simulator, tracing } = await startMeasuredApi(NEWEST);
  await api.get("/me");
  await api.get("/contacts/none").catch(() => undefined);
  await simulator.ledger.waitForIdle();
  return { entries: simulator.ledger.entries(), spans: tracing.spans(), registry };
}

describe("the comparison that judges the tests", () => {
  it("finds nothing where the three records agree", async () => {
    const { entries, spans, registry } = await record();
    const counters = await tallyCounters(registry);
    expect(counters.size).toBe(2);
    expect(compareRecords({ ledger: tallyLedger(entries), spans: tallySpans(spans), counters })).toEqual([]);
  });

  it("finds a request that one of them lacks", async () => {
    const { entries, spans, registry } = await record();
    const counters = await tallyCounters(registry);
    const ledger = tallyLedger(entries);
    const [first] = spans;
    expect(compareRecords({ ledger, spans: tallySpans(spans.slice(1)), counters })).toEqual([
      { request: "GET /me 200 - -", ledger: 1, spans: 0, counters: 1 },
    ]);
    expect(
      compareRecords({ ledger, spans: tallySpans([...spans, ...(first ? [first] : [])]), counters }),
    ).toEqual([{ request: "GET /me 200 - -", ledger: 1, spans: 2, counters: 1 }]);
    expect(compareRecords({ ledger: new Map(), spans: tallySpans(spans), counters }).length).toBe(2);
  });

  it.each([
    ["method", { method: "HEAD" }],
    ["URL template", { urlTemplate: "/admins" }],
    ["status", { status: 410 }],
    ["error code", { errorCode: "conflict" }],
    ["retryable", { retryable: true }],
  ])("finds one that differs in its %s", async (_, change) => {
    const { entries, spans, registry } = await record();
    const changed = entries.map((entry) => (entry.status === 404 ? { ...entry, ...change } : entry));
    const ledger = tallyLedger(changed);
    const counters = await tallyCounters(registry);
    expect(compareRecords({ ledger, spans: tallySpans(spans), counters }).length).toBe(2);
  });
});
