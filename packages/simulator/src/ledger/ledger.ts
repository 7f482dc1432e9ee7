import { createQueue } from "../queue.ts";
import type { LedgerEntry } from "./ledger-entry.ts";

/** What really happened, request by request. */
export interface Ledger {
  /** Finished requests, in the order in which they ended. */
  entries(): readonly LedgerEntry[];
  /** Entries that were dropped because the ledger was full. */
  readonly dropped: number;
  /** Requests that have arrived and not ended. */
  readonly inFlight: number;
  /** Forgets all entries and the count of dropped ones. */
  clear(): void;
  /** Resolves when no request is in flight. A request that hangs stays in flight until its client leaves. */
  waitForIdle(): Promise<void>;
}

/** The writing side of a ledger. */
export interface LedgerWriter extends Ledger {
  /** @returns the sequence number of the request. */
  begin(): number;
  end(entry: LedgerEntry): void;
}

/** A ledger that keeps the newest `limit` entries. */
export function createLedger(limit: number): LedgerWriter {
  const kept = createQueue<LedgerEntry>();
  let dropped = 0;
  let sequence = 0;
  let inFlight = 0;
  let waiting: (() => void)[] = [];
  return {
    entries: () => kept.toArray(),
    get dropped() {
      return dropped;
    },
    get inFlight() {
      return inFlight;
    },
    clear() {
      kept.clear();
      dropped = 0;
    },
    waitForIdle: () => (inFlight === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    begin() {
      inFlight++;
      return ++sequence;
    },
    end(entry) {
      kept.push(entry);
      if (kept.size > limit) {
        kept.shift();
        dropped++;
      }
      if (--inFlight > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
  };
}
