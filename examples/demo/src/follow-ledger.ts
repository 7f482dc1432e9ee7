import type { Ledger, LedgerEntry } from "@intercom-telemetry/simulator";

const EVERY_MILLISECONDS = 1000;

/**
 * Passes on each entry of the ledger once. The ledger forgets its oldest entries when it is full, so it is read each
 * second; what was forgotten unread will be missed in the comparison.
 *
 * @returns a function that passes on what is left and ends it.
 */
export function followLedger(ledger: Ledger, onEntry: (entry: LedgerEntry) => void): () => void {
  let ended = 0;
  const read = (): void => {
    const fresh = ledger.entries().slice(Math.max(0, ended - ledger.dropped));
    ended = ledger.dropped + ledger.entries().length;
    fresh.forEach(onEntry);
  };
  const timer = setInterval(read, EVERY_MILLISECONDS);
  return () => {
    clearInterval(timer);
    read();
  };
}
