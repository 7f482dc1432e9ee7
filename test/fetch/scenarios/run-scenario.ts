import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import type { IntercomClient } from "intercom-client-7";
import { Registry } from "prom-client";
import { expect } from "vitest";
import { tallyCounters, tallyLedger, tallySpans } from "../../support/compare-records.ts";
import { readTotal } from "../../support/series.ts";
import { attributesOf } from "../../support/spans.ts";
import type { Tracing } from "../../support/tracing.ts";
import type { Scenario } from "./scenario.ts";
import { later } from "./scenario.ts";
import { viewOf } from "./view.ts";

/** A way to call Intercom, and how it is instrumented. */
export interface Road {
  readonly createClient: (baseUrl: string, fetch: typeof globalThis.fetch) => IntercomClient;
  /** A bare run may happen beside it: it does not instrument the global fetch. */
  readonly isSeparate: boolean;
  /** Instruments, and returns the fetch to call and what takes it off again. */
  readonly instrument: (
    hosts: string[],
    registry: Registry,
  ) => { fetch: typeof globalThis.fetch; detach(): void };
}

/** Short, so that the SDK's wait for the window is short too. */
const WINDOW_SECONDS = 1;

async function play(
  scenario: Scenario,
  road: Road,
  fetch: (simulator: Simulator) => { fetch: typeof globalThis.fetch; detach(): void },
  read: (simulator: Simulator) => Promise<void>,
): Promise<{ view: unknown; requests: string[] }> {
  const { script } = scenario;
  const simulator = await startSimulator({ windowSeconds: WINDOW_SECONDS, ...(script ? { script } : {}) });
  const instrumented = fetch(simulator);
  try {
    const client = road.createClient(simulator.url, instrumented.fetch);
    const view = await viewOf(scenario.run({ simulator, fetch: instrumented.fetch, client }));
    await simulator.ledger.waitForIdle();
    await read(simulator);
    const requests = simulator.ledger
      .entries()
      .map(({ method, path, status }) => `${method} ${path} ${status}`);
    return { view, requests };
  } finally {
    instrumented.detach();
    await simulator.close();
  }
}

/** Where the spans and counters differ from the ledger, or from what the scenario says. */
async function expectRecords(
  { recorded, spans = recorded, retryCounts }: Scenario,
  simulator: Simulator,
  tracing: Tracing,
  registry: Registry,
): Promise<void> {
  // A failed response that nobody reads is read from a clone.
  await expect.poll(() => readTotal(registry, "inFlight")).toBe(0);
  const ledger = tallyLedger(simulator.ledger.entries());
  expect(tallySpans(tracing.spans())).toEqual(spans ? countEach(spans) : ledger);
  expect(await tallyCounters(registry)).toEqual(recorded ? countEach(recorded) : ledger);
  const counts = tracing.spans().map((span) => attributesOf(span).retryCount ?? 0);
  expect(counts.toSorted()).toEqual(retryCounts ?? counts.map(() => 0));
}

function countEach(requests: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const request of requests) counts.set(request, (counts.get(request) ?? 0) + 1);
  return counts;
}

/** Plays a scenario bare and recorded: the caller must not see a difference, and the records must be the ledger's. */
export async function expectSameAndTrue(scenario: Scenario, road: Road, tracing: Tracing): Promise<void> {
  const playBare = () =>
    play(
      scenario,
      road,
      () => ({ fetch: globalThis.fetch, detach: () => {} }),
      () => later(0),
    );
  const registry = new Registry();
  const playRecorded = () =>
    play(
      scenario,
      road,
      ({ url }) => road.instrument([url], registry),
      (simulator) => expectRecords(scenario, simulator, tracing, registry),
    );
  const bare = playBare();
  if (!road.isSeparate) await bare;
  const recorded = playRecorded();
  expect(await recorded).toEqual(await bare);
}
