import type { LedgerEntry } from "@intercom-telemetry/simulator";
import type { Sample } from "../metrics-text.ts";
import type { SpanRecord } from "../services/span-record.ts";
import type { GaveUp } from "../services/witness.ts";
import { asLabels, count, type Tally, tallyCounters } from "./counter-facts.ts";
import { factsOfEntry, factsOfGaveUp, spanIdOf } from "./ledger-facts.ts";
import { describeFacts, type RequestFacts } from "./request-facts.ts";
import { factsOfSpan } from "./span-facts.ts";

/** Everything that was written down about one run. */
export interface Evidence {
  readonly ledger: readonly LedgerEntry[];
  readonly spans: readonly SpanRecord[];
  /** Of all metrics pages. */
  readonly samples: readonly Sample[];
  /** What the services' own interceptors saw axios give up. */
  readonly gaveUp: readonly GaveUp[];
}

type Truth = Map<string, RequestFacts>;
type HowById = ReadonlyMap<string, GaveUp["how"]>;

/**
 * Span id to what really happened. The request itself carries the id to the server (`traceparent`), so each request
 * is compared with its own span and no two errors can cancel out. A second request under one id gets an id of its
 * own, as does one that carries none: neither will find a span.
 */
function tellTruth(ledger: readonly LedgerEntry[], howById: HowById): Truth {
  const truth: Truth = new Map();
  for (const entry of ledger) {
    const spanId = spanIdOf(entry);
    const key = spanId === undefined || truth.has(spanId) ? `request ${entry.sequence}` : spanId;
    truth.set(key, factsOfEntry(entry, spanId === undefined ? undefined : howById.get(spanId)));
  }
  return truth;
}

/** Span id to what the span says; a span that came twice is kept under an id of its own, where it fits no request. */
function readSpans(spans: readonly SpanRecord[]): Map<string, RequestFacts> {
  const facts = new Map<string, RequestFacts>();
  spans.forEach((span, index) => {
    const key = facts.has(span.spanId) ? `span ${index}` : span.spanId;
    facts.set(key, factsOfSpan(span));
  });
  return facts;
}

/** A request that was given up before it arrived is not in the ledger; that axios gave it up is then all there is. */
function addNeverArrived(truth: Truth, spans: ReadonlyMap<string, RequestFacts>, howById: HowById): void {
  for (const [spanId, how] of howById) {
    const span = spans.get(spanId);
    if (span && !truth.has(spanId)) truth.set(spanId, factsOfGaveUp(span.method, span.endpoint, how));
  }
}

function compareSpans(truth: Truth, spans: ReadonlyMap<string, RequestFacts>): string[] {
  const differences: string[] = [];
  for (const id of new Set([...truth.keys(), ...spans.keys()])) {
    const [wire, span] = [truth.get(id), spans.get(id)].map((facts) =>
      facts ? describeFacts(facts) : "none",
    );
    if (wire !== span) differences.push(`${id}: on the wire ${wire}; span ${span}`);
  }
  return differences;
}

function compareCounters(truth: Truth, counted: Tally): string[] {
  const expected: Tally = new Map();
  for (const facts of truth.values()) count(expected, asLabels(facts));
  const differences: string[] = [];
  for (const key of new Set([...expected.keys(), ...counted.keys()])) {
    const [wire, counter] = [expected.get(key) ?? 0, counted.get(key) ?? 0];
    if (wire !== counter) differences.push(`${key}: on the wire ${wire} times; counted ${counter} times`);
  }
  return differences;
}

/**
 * Compares the ledger with the spans, request by request, and with the counters, series by series.
 *
 * @returns each difference in words; empty when all three agree.
 */
export function reconcile({ ledger, spans, samples, gaveUp }: Evidence): string[] {
  const howById = new Map(gaveUp.map(({ spanId, how }) => [spanId, how]));
  const spanFacts = readSpans(spans);
  const truth = tellTruth(ledger, howById);
  addNeverArrived(truth, spanFacts, howById);
  return [...compareSpans(truth, spanFacts), ...compareCounters(truth, tallyCounters(samples))];
}
