import { METRICS } from "@intercom-telemetry/core/contract";
import { openScreen } from "./display/screen.ts";
import { startFaults } from "./faults.ts";
import { followLedger } from "./follow-ledger.ts";
import { scrape, sumOf } from "./metrics-text.ts";
import { Reconciliation } from "./reconcile/reconciliation.ts";
import { type Stage, setStage } from "./stage.ts";
import type { Result } from "./summary.ts";
import { watchServices } from "./watch-services.ts";

/** How the demo is run. */
export interface DemoOptions {
  /** How long there is traffic; `Infinity` for no end. */
  readonly forSeconds: number;
  /** Port of the first service's metrics; the second service has the next one. */
  readonly basePort: number;
  /** Ends it early; what has happened until then is still added up. */
  readonly signal: AbortSignal;
}

async function playTraffic({ simulator, services }: Stage, options: DemoOptions): Promise<number> {
  const stopFaults = startFaults(simulator);
  try {
    for (const service of services) service.startTraffic();
    const screen = openScreen(process.stdout.isTTY === true);
    return await watchServices(services, screen, options.forSeconds, options.signal);
  } finally {
    stopFaults();
  }
}

/** Traffic, then the reckoning: all requests end, and what everyone wrote down is compared. */
async function play(stage: Stage, books: Reconciliation, options: DemoOptions): Promise<Result> {
  const { simulator, services } = stage;
  let rateLimited = 0;
  const finishLedger = followLedger(simulator.ledger, (entry) => {
    books.addEntry(entry);
    if (entry.status === 429) rateLimited++;
  });
  try {
    const seconds = await playTraffic(stage, options);
    const drained = await Promise.all(services.map((service) => service.drain()));
    await simulator.ledger.waitForIdle();
    finishLedger();
    const pages = await Promise.all(services.map(({ metricsUrl }) => scrape(metricsUrl)));
    const samples = pages.flat();
    const gaveUp = drained.flatMap((seen) => seen.gaveUp);
    const differences = books.finish(samples, gaveUp);
    const summary = {
      seconds: Math.round(seconds * 10) / 10,
      requests: drained.reduce((sum, { requests }) => sum + requests, 0),
      spans: books.seen.spans,
      counted: sumOf(samples, METRICS.requests.name),
      ledger: books.seen.entries,
      mismatches: differences.length,
      rateLimited,
      retries: sumOf(samples, METRICS.retries.name),
      series: samples.filter(({ name }) => name.startsWith("intercom_")).length,
    };
    return { summary, neverArrived: books.seen.neverArrived, differences };
  } finally {
    finishLedger();
  }
}

/**
 * Runs the demo and leaves nothing running, however it ends.
 *
 * @throws Error when a service cannot start, e.g. because a port is in use, or ends by itself.
 */
export async function runDemo(options: DemoOptions): Promise<Result> {
  const books = new Reconciliation();
  const { basePort, signal } = options;
  const stage = await setStage(basePort, { signal, onSpan: (span) => books.addSpan(span) });
  try {
    const playing = play(stage, books, options);
    return await Promise.race([playing, ...stage.services.map(({ died }) => died)]);
  } finally {
    await stage.clear();
  }
}
