import { ATTRIBUTES } from "@intercom-telemetry/core/contract";
import type { LedgerEntry } from "@intercom-telemetry/simulator";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { compareRecords, tallyLedger, tallySpans } from "../support/compare-records.ts";
import { type ServiceRecords, UNRECORDED } from "./service.ts";
import { SILENT_PATHS } from "./silent-paths.ts";
import { sumMetric, sumRequests } from "./sum-metrics.ts";

/** What a round has come to. */
export interface Verdict {
  /** Where the witness and the records differ; empty when they agree to the last request. */
  readonly problems: readonly string[];
  /** The combinations of method, template, status and code that there were. */
  readonly combinations: readonly string[];
}

/** The ledger cannot know why the client hung up; the path says it. */
function withReason(entry: LedgerEntry): LedgerEntry {
  return entry.path === SILENT_PATHS.canceled ? { ...entry, errorCode: "canceled", retryable: false } : entry;
}

const isRetry = ({ attributes }: ReadableSpan): boolean =>
  attributes[ATTRIBUTES.retryCount.name] !== undefined;

function expectEqual(what: string, found: number, expected: number): string[] {
  return found === expected ? [] : [`${what}: expected ${expected}, got ${found}`];
}

/** Compares the witness with the spans and the metrics of a round. */
export async function judgeRound(
  entries: readonly LedgerEntry[],
  { spans, generations, exported }: ServiceRecords,
): Promise<Verdict> {
  const recorded = entries.filter(({ correlation }) => correlation !== UNRECORDED).map(withReason);
  const ledger = tallyLedger(recorded);
  const counters = await sumRequests(generations);
  const mismatches = compareRecords({ ledger, spans: tallySpans(spans), counters });
  const differing = [...new Set([...exported.keys(), ...counters.keys()])].filter(
    (key) => (exported.get(key) ?? 0) !== (counters.get(key) ?? 0),
  );
  const retries = spans.filter(isRetry).length;
  const problems = [
    ...mismatches.map((mismatch) => JSON.stringify(mismatch)),
    ...differing.flatMap((key) =>
      expectEqual(`exported ${key}`, exported.get(key) ?? 0, counters.get(key) ?? 0),
    ),
    ...expectEqual("requests timed", await sumMetric(generations, "duration"), recorded.length),
    ...expectEqual("retries counted", await sumMetric(generations, "retries"), retries),
    ...expectEqual("requests still on their way", await sumMetric(generations, "inFlight"), 0),
    ...expectEqual("failures of our own", await sumMetric(generations, "failures"), 0),
  ];
  return { problems, combinations: [...ledger.keys()] };
}
