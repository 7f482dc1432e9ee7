import type { LedgerEntry } from "@intercom-telemetry/simulator";
import type { Sample } from "../metrics-text.ts";
import type { SpanRecord } from "../services/span-record.ts";
import type { GaveUp } from "../services/witness.ts";
import { asLabels, count, type Tally, tallyCounters } from "./counter-facts.ts";
import { factsOfEntry, factsOfGaveUp, factsOfUnread, spanIdOf } from "./ledger-facts.ts";
import { describeFacts, isLocalFailure, type RequestFacts } from "./request-facts.ts";
import { factsOfSpan } from "./span-facts.ts";

/** What was written down about one request so far. */
interface Pair {
  readonly entry?: LedgerEntry;
  readonly span?: RequestFacts;
}

const describe = (facts: RequestFacts | undefined): string => (facts ? describeFacts(facts) : "nothing");

/** What reached the client of a request: of a body that broke, nothing for one that reads it. */
function whatArrived(entry: LedgerEntry, span: RequestFacts | undefined): RequestFacts {
  const unread = span?.atHeaders ? factsOfUnread(entry) : undefined;
  return unread && describe(unread) === describe(span) ? unread : factsOfEntry(entry);
}

/**
 * Compares the ledger with the spans, request by request, and with the counters, series by series.
 *
 * The request itself carries the id of its span to the server (`traceparent`), so each is compared with its own span
 * and no two errors can cancel out. Pairs that agree are forgotten at once. So a second request or span
 * under the same id finds no partner, and a long run needs no more memory than a short one.
 */
export class Reconciliation {
  readonly #pairs = new Map<string, Pair>();
  /** What the counters have to say. */
  readonly #expected: Tally = new Map();
  readonly #differences: string[] = [];
  #entries = 0;
  #spans = 0;
  #neverArrived = 0;

  /** How many entries and spans came in, and how many requests axios gave up before they reached the ledger. */
  get seen(): { readonly entries: number; readonly spans: number; readonly neverArrived: number } {
    return { entries: this.#entries, spans: this.#spans, neverArrived: this.#neverArrived };
  }

  addEntry(entry: LedgerEntry): void {
    this.#entries++;
    const spanId = spanIdOf(entry) ?? "";
    const pair = this.#pairs.get(spanId);
    // Without an id, or with one that is taken, it is a separate request that will find no span.
    if (spanId === "" || pair?.entry) this.#pairs.set(`request ${entry.sequence}`, { entry });
    else this.#settle(spanId, { ...pair, entry });
  }

  addSpan(record: SpanRecord): void {
    this.#spans++;
    const span = factsOfSpan(record);
    if (isLocalFailure(span)) return;
    const pair = this.#pairs.get(record.spanId);
    if (pair?.span) this.#pairs.set(`span ${this.#spans}`, { span });
    else this.#settle(record.spanId, { ...pair, span });
  }

  /**
   * Closes the books.
   *
   * @param samples of all metrics pages.
   * @param gaveUp what the services' own interceptors saw axios give up.
   * @returns each difference in words; empty when all three agree.
   */
  finish(samples: readonly Sample[], gaveUp: readonly GaveUp[]): readonly string[] {
    for (const { spanId, how } of gaveUp) this.#closeGaveUp(spanId, how);
    for (const [id, { entry, span }] of this.#pairs) {
      this.#close(id, entry && whatArrived(entry, span), span);
    }
    this.#compareCounters(tallyCounters(samples));
    return this.#differences;
  }

  /** Responses on which both agree are done; attempts without a response wait for the client's report. */
  #settle(id: string, pair: Pair): void {
    const { entry, span } = pair;
    const wire = entry && factsOfEntry(entry);
    if (wire && wire.status !== "" && describe(wire) === describe(span)) this.#close(id, wire, span);
    else this.#pairs.set(id, pair);
  }

  /** A request that never arrived is in no ledger: its method and template are then the span's word alone. */
  #closeGaveUp(id: string, how: GaveUp["how"]): void {
    const { entry, span } = this.#pairs.get(id) ?? {};
    if (span && !entry) this.#neverArrived++;
    const { method, template } = entry ? factsOfEntry(entry) : (span ?? { method: "?", template: "?" });
    this.#close(id, factsOfGaveUp(method, template, how), span);
  }

  #close(id: string, wire: RequestFacts | undefined, span: RequestFacts | undefined): void {
    this.#pairs.delete(id);
    if (wire) count(this.#expected, asLabels(wire));
    if (describe(wire) === describe(span)) return;
    this.#differences.push(`${id}: on the wire ${describe(wire)}; span ${describe(span)}`);
  }

  #compareCounters(counted: Tally): void {
    for (const key of new Set([...this.#expected.keys(), ...counted.keys()])) {
      const [wire, counter] = [this.#expected.get(key) ?? 0, counted.get(key) ?? 0];
      if (wire !== counter) this.#differences.push(`${key}: on the wire ${wire}; counted ${counter}`);
    }
  }
}
