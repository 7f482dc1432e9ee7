import {
  ATTRIBUTES,
  KNOWN_METHODS,
  KNOWN_STATUSES,
  METRICS,
  NOT_INTERCOM_CODE,
  OTHER_ERROR_CODE,
} from "@intercom-telemetry/core/contract";
import { isTransportCode, lookupError } from "@intercom-telemetry/core/facts";
import type { LedgerEntry } from "@intercom-telemetry/simulator";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { AnyRegistry, Series } from "./series.ts";

/** How often each combination of method, template, status, error code and retryable occurred. */
export type Tally = ReadonlyMap<string, number>;

/** A combination on which the three records do not agree. */
export interface Mismatch {
  /** `METHOD template status code retryable`; `-` where a part does not apply. */
  readonly request: string;
  readonly ledger: number;
  readonly spans: number;
  readonly counters: number;
}

/** The three records of the same requests. */
export interface Records {
  readonly ledger: Tally;
  readonly spans: Tally;
  readonly counters: Tally;
}

const ABSENT = "-";

function keyOf(parts: readonly unknown[]): string {
  return parts.map((part) => (part === undefined || part === "" ? ABSENT : String(part))).join(" ");
}

function tally(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const methodLabel = (method: string): string =>
  KNOWN_METHODS.some((known) => known === method) ? method : "_OTHER";

/** Statuses that nobody defined share one label with their class. */
const statusLabel = (status: number | undefined): string | undefined =>
  status === undefined || KNOWN_STATUSES.includes(status) ? status?.toString() : `${status}`[0]?.concat("xx");

const codeLabel = (code: string | undefined): string | undefined =>
  code === undefined || code === NOT_INTERCOM_CODE || lookupError(code) ? code : OTHER_ERROR_CODE;

/** Codes under which the ledger records a response that never arrived whole: to its client it has no status. */
const isBroken = ({ errorCode }: LedgerEntry): boolean =>
  errorCode !== undefined && isTransportCode(errorCode);

/** What the simulator saw. */
export function tallyLedger(entries: readonly LedgerEntry[]): Tally {
  return tally(
    entries.map((entry) => {
      const { method, urlTemplate, status, errorCode, retryable } = entry;
      const seen = isBroken(entry) ? undefined : status;
      return keyOf([methodLabel(method), urlTemplate, statusLabel(seen), codeLabel(errorCode), retryable]);
    }),
  );
}

/** What the spans say. Spans of other instrumentations are left out. */
export function tallySpans(spans: readonly ReadableSpan[]): Tally {
  const ours = spans.filter(({ attributes }) => attributes[ATTRIBUTES.client.name] !== undefined);
  return tally(
    ours.map(({ attributes }) => {
      const read = (key: keyof typeof ATTRIBUTES) => attributes[ATTRIBUTES[key].name];
      const code = codeLabel(read("errorCode") as string | undefined);
      const template = read("urlTemplate") ?? "unmatched";
      const status = statusLabel(read("status") as number | undefined);
      return keyOf([read("method"), template, status, code, read("retryable")]);
    }),
  );
}

/** What the series of a request counter say, over all clients. Series at zero are left out. */
export function tallySeries(series: readonly Omit<Series, "name">[]): Tally {
  const counts = new Map<string, number>();
  for (const { labels, value } of series) {
    if (value === 0) continue;
    const { method, url_template, status_code, error_code, retryable } = labels;
    const key = keyOf([method, url_template, status_code, error_code, retryable]);
    counts.set(key, (counts.get(key) ?? 0) + value);
  }
  return counts;
}

/** How much each count has grown. */
export function grownSince(before: Tally, now: Tally): Tally {
  const grown = [...now].map(([key, count]) => [key, count - (before.get(key) ?? 0)] as const);
  return new Map(grown.filter(([, count]) => count !== 0));
}

/** What the request counter of a registry says. */
export async function tallyCounters(registry: AnyRegistry): Promise<Tally> {
  const metric = await registry.getSingleMetric(METRICS.requests.name)?.get();
  return tallySeries((metric?.values ?? []) as Series[]);
}

/** Every combination that the three count differently; empty when they agree. */
export function compareRecords({ ledger, spans, counters }: Records): Mismatch[] {
  const requests = new Set([...ledger.keys(), ...spans.keys(), ...counters.keys()]);
  return [...requests]
    .map((request) => ({
      request,
      ledger: ledger.get(request) ?? 0,
      spans: spans.get(request) ?? 0,
      counters: counters.get(request) ?? 0,
    }))
    .filter((row) => row.ledger !== row.spans || row.ledger !== row.counters);
}
