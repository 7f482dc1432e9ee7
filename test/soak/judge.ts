import type { LedgerEntry } from "@intercom-telemetry/simulator";
import type { Metric } from "prom-client";
import {
  compareRecords,
  type Mismatch,
  type Tally,
  tallyCounters,
  tallyLedger,
  tallySpans,
} from "../support/compare-records.ts";
import { NEVER_ANSWERED } from "./routes.ts";
import { type ServiceRecords, UNRECORDED } from "./service.ts";

/** The ledger cannot know why the client hung up; the route says it. */
function withReason(entry: LedgerEntry): LedgerEntry {
  return entry.path === NEVER_ANSWERED.canceled
    ? { ...entry, errorCode: "canceled", retryable: false }
    : entry;
}

/** The counters of all generations together. */
async function addUp(counters: readonly Metric[]): Promise<Tally> {
  const sums = new Map<string, number>();
  for (const counter of counters) {
    const tally = await tallyCounters({ getSingleMetric: () => counter } as never);
    for (const [request, count] of tally) sums.set(request, (sums.get(request) ?? 0) + count);
  }
  return sums;
}

/** Where the witness and the two records differ. */
export async function judgeRound(
  entries: readonly LedgerEntry[],
  { spans, counters }: ServiceRecords,
): Promise<Mismatch[]> {
  const recorded = entries.filter(({ correlation }) => correlation !== UNRECORDED).map(withReason);
  return compareRecords({
    ledger: tallyLedger(recorded),
    spans: tallySpans(spans),
    counters: await addUp(counters),
  });
}
