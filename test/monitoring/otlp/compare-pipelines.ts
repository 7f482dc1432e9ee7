import { METRICS } from "@intercom-telemetry/core/contract";
import { readLastSamples, waitUntil } from "@intercom-telemetry/local-prometheus";
import type { LedgerEntry } from "@intercom-telemetry/simulator";
import {
  asLabels,
  count,
  type Tally,
  tallyCounters,
} from "../../../examples/demo/src/reconcile/counter-facts.ts";
import { factsOfEntry } from "../../../examples/demo/src/reconcile/ledger-facts.ts";
import type { Pipelines } from "./pipelines.ts";
import { differSeries, readSeries } from "./series.ts";

const TIMEOUT_SECONDS = 20;

/** Asks until two stores agree, and gives up with what is left of the differences. */
async function settle(ask: () => Promise<readonly string[]>): Promise<readonly string[]> {
  let last: readonly string[] = [];
  const look = async (): Promise<true | undefined> => {
    last = await ask();
    return last.length === 0 || undefined;
  };
  await waitUntil("the stores agree", TIMEOUT_SECONDS, look).catch(() => {});
  return last;
}

/** Series by which a store that got OTLP differs from the one that was scraped. */
export function compareWithScraped(storeUrl: string, { scraped }: Pipelines): Promise<readonly string[]> {
  return settle(async () => differSeries(await readSeries(storeUrl), await readSeries(scraped)));
}

function tallyLedger(ledger: readonly LedgerEntry[]): Tally {
  const tally: Tally = new Map();
  for (const entry of ledger) count(tally, asLabels(factsOfEntry(entry)));
  return tally;
}

async function tallyStore(storeUrl: string): Promise<Tally> {
  const samples = await readLastSamples(storeUrl, METRICS.requests.name);
  return tallyCounters(
    samples.map(({ metric: { __name__ = "", ...labels }, value }) => ({ name: __name__, labels, value })),
  );
}

/** Kinds of request of which a store has counted more or less than went over the wire. */
export function compareWithLedger(storeUrl: string, { ledger }: Pipelines): Promise<readonly string[]> {
  const wire = tallyLedger(ledger);
  return settle(async () => {
    const counted = await tallyStore(storeUrl);
    return [...new Set([...wire.keys(), ...counted.keys()])]
      .filter((key) => wire.get(key) !== counted.get(key))
      .map((key) => `${key}: on the wire ${wire.get(key) ?? 0}, counted ${counted.get(key) ?? 0}`);
  });
}
