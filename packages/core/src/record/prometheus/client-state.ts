import { RateLimitWindow } from "../../rate-limit/index.ts";
import type { Gauge } from "./library.ts";
import type { MetricSet } from "./metric-set.ts";

/** What is counted up and down for one client of one registry, whoever instruments it. */
export class ClientState {
  inFlight = 0;
  readonly window: RateLimitWindow = new RateLimitWindow();
}

/** Client states by client name. */
export type ClientStates = Map<string, ClientState>;

/** The key is in the global symbol table: the ESM and the CJS copy of this package share one state. */
const STATES = Symbol.for("@intercom-telemetry/core.client-states.v1");

interface StateHolder {
  [STATES]?: ClientStates;
}

interface Collecting {
  collect?: () => unknown;
}

/** Runs `work` at each scrape, after whatever the metric did at a scrape before. */
function onScrape(metric: unknown, work: () => void): void {
  const collecting = metric as Collecting;
  const before = collecting.collect;
  collecting.collect = function collect(this: unknown) {
    const result = before?.call(this);
    work();
    return result;
  };
}

const nowEpochSeconds = (): number => Date.now() / 1000;

function showWindows(
  states: ClientStates,
  gauge: Gauge,
  key: "limit" | "remaining" | "resetEpochSeconds",
): void {
  for (const [client, state] of states) {
    const reading = state.window.read(nowEpochSeconds());
    if (reading) gauge.set({ client }, reading[key]);
  }
}

function closeWindows(states: ClientStates, metrics: MetricSet): void {
  for (const [client, state] of states) {
    state.window.closeWhenEnded(nowEpochSeconds(), (usageRatio) => observeUsage(metrics, client, usageRatio));
  }
}

/** One observation for a window that has ended. */
export function observeUsage({ windowUsage }: MetricSet, client: string, usageRatio: number): void {
  if (windowUsage.enableExemplars)
    windowUsage.observe({ labels: { client }, value: usageRatio, exemplarLabels: {} });
  else windowUsage.observe({ client }, usageRatio);
}

/**
 * The states that belong to a set of metrics. They live on the in-flight gauge, so that everyone who finds that
 * gauge in a registry finds them; gauges are filled from them at each scrape and cost a request nothing.
 */
export function clientStatesOf(metrics: MetricSet): ClientStates {
  const holder = metrics.inFlight as StateHolder;
  const existing = holder[STATES];
  if (existing) return existing;
  const states: ClientStates = new Map();
  Object.defineProperty(holder, STATES, { value: states });
  onScrape(metrics.inFlight, () => {
    for (const [client, state] of states) metrics.inFlight.set({ client }, state.inFlight);
  });
  onScrape(metrics.rateLimit, () => showWindows(states, metrics.rateLimit, "limit"));
  onScrape(metrics.rateLimitRemaining, () => showWindows(states, metrics.rateLimitRemaining, "remaining"));
  onScrape(metrics.rateLimitReset, () => showWindows(states, metrics.rateLimitReset, "resetEpochSeconds"));
  onScrape(metrics.windowUsage, () => closeWindows(states, metrics));
  return states;
}
