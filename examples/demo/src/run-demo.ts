import { METRICS } from "@intercom-telemetry/core/contract";
import { announce } from "./display/announce.ts";
import { openScreen } from "./display/screen.ts";
import { followLedger } from "./follow-ledger.ts";
import { sumOf } from "./metrics-text.ts";
import { readLastMetrics } from "./read-metrics.ts";
import { Reconciliation } from "./reconcile/reconciliation.ts";
import { type Pipeline, type Stage, setStage, TOKEN } from "./stage.ts";
import { playStory } from "./story/play-story.ts";
import type { Result } from "./summary.ts";
import { watchServices } from "./watch-services.ts";

/** How the demo is run. */
export interface DemoOptions {
  /** How long there is traffic; `Infinity` for no end. */
  readonly forSeconds: number;
  /** How long each chapter of the story lasts. */
  readonly chapterSeconds: number;
  /** Port of the first service's metrics; the others have the next ones. */
  readonly basePort: number;
  /** How metrics reach their store: Prometheus scrapes them, or they are sent over OTLP. */
  readonly pipeline: Pipeline;
  /** Whether to start Alertmanager, a probe and the preview, too, and Prometheus where it scrapes. */
  readonly monitoring: boolean;
  /** Ends it early; what has happened until then is still added up. */
  readonly signal: AbortSignal;
}

async function playTraffic({ simulator, services }: Stage, options: DemoOptions): Promise<number> {
  const screen = openScreen(process.stdout.isTTY === true);
  const stopStory = playStory(simulator, {
    chapterSeconds: options.chapterSeconds,
    token: TOKEN,
    onChapter: (chapter) => {
      screen.turnTo(chapter);
      for (const service of services) service.play(chapter.name);
    },
  });
  try {
    return await watchServices(services, screen, options.forSeconds, options.signal);
  } finally {
    stopStory();
  }
}

/** Traffic, then the reckoning: all requests end, and what everyone wrote down is compared. */
async function play(stage: Stage, books: Reconciliation, options: DemoOptions): Promise<Result> {
  const { simulator, services } = stage;
  let rateLimited = 0;
  const finishLedger = followLedger(simulator.ledger, (entry) => {
    // What has no mark is the probe's.
    if (entry.correlation === undefined) return;
    books.addEntry(entry);
    if (entry.status === 429) rateLimited++;
  });
  try {
    const seconds = await playTraffic(stage, options);
    const drained = await Promise.all(services.map((service) => service.drain()));
    await simulator.ledger.waitForIdle();
    finishLedger();
    const requests = drained.reduce((sum, seen) => sum + seen.requests, 0);
    const samples = await readLastMetrics(services, requests);
    const gaveUp = drained.flatMap((seen) => seen.gaveUp);
    const differences = books.finish(samples, gaveUp);
    const summary = {
      seconds: Math.round(seconds * 10) / 10,
      requests,
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

/** Rejects when a process ends by itself. Ctrl-C reaches Prometheus too, which is then right to end. */
async function listenForDeath({ services, store, monitoring }: Stage, signal: AbortSignal): Promise<never> {
  const watched = [store, monitoring].flatMap((each) => (each && "died" in each ? [each.died] : []));
  const watching = watched.map((died) =>
    died.catch((error: unknown) => {
      if (signal.aborted) return new Promise<never>(() => {});
      throw error;
    }),
  );
  return Promise.race([...services.map(({ died }) => died), ...watching]);
}

/**
 * Runs the demo and leaves nothing running, however it ends.
 *
 * @throws Error when a service cannot start, e.g. because a port is in use, or ends by itself.
 */
export async function runDemo(options: DemoOptions): Promise<Result> {
  const books = new Reconciliation();
  const { signal } = options;
  const stage = await setStage(options, { signal, onSpan: (span) => books.addSpan(span) });
  try {
    announce(stage);
    const playing = play(stage, books, options);
    return await Promise.race([playing, listenForDeath(stage, signal)]);
  } finally {
    await stage.clear();
  }
}
