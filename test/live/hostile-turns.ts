import { PerformanceObserver } from "node:perf_hooks";
import type { Registry } from "prom-client";

/** One turn of the event loop: what the registry took of it, and what everything else did. */
export interface Turn {
  readonly registryMilliseconds: number;
  readonly ownMilliseconds: number;
}

/** Milliseconds on the clock, and of the processor in all threads. */
interface Spent {
  readonly wall: number;
  readonly processor: number;
}

function readClocks(): Spent {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), processor: (user + system) / 1000 };
}

const minus = (one: Spent, other: Spent): Spent => ({
  wall: one.wall - other.wall,
  processor: one.processor - other.processor,
});

/** Collections of garbage from now on. What the registry leaves behind, and not who serves it, decides on them. */
function watchGarbage(): { within(start: number, end: number): number; end(): void } {
  const collections: { readonly startTime: number; readonly duration: number }[] = [];
  const observer = new PerformanceObserver((list) => void collections.push(...list.getEntries()));
  observer.observe({ entryTypes: ["gc"] });
  return {
    within: (start, end) =>
      collections
        .map(({ startTime, duration }) => Math.min(end, startTime + duration) - Math.max(start, startTime))
        .filter((overlap) => overlap > 0)
        .reduce((sum, overlap) => sum + overlap, 0),
    end: () => observer.disconnect(),
  };
}

/**
 * The turns of the event loop while the work runs, but for those in which next to nothing was done. A turn's own time is
 * the lesser of the two clocks: a busy machine may take the processor away, and other threads use it as well.
 */
export async function watchTurns(registry: Registry, work: () => Promise<void>): Promise<Turn[]> {
  const seen: { readonly start: number; readonly end: number; readonly registry: number; own: number }[] = [];
  const garbage = watchGarbage();
  let rendering: Spent = { wall: 0, processor: 0 };
  const render = registry.metrics;
  registry.metrics = async () => {
    const before = readClocks();
    const text = await render();
    rendering = minus(readClocks(), minus(before, rendering));
    return text;
  };
  let isOver = false;
  let last = readClocks();
  const next = (): void => {
    const now = readClocks();
    const { wall, processor } = minus(minus(now, last), rendering);
    const turn = {
      start: last.wall,
      end: now.wall,
      registry: rendering.wall,
      own: Math.min(wall, processor),
    };
    if (turn.registry > 0 || turn.own > 1) seen.push(turn);
    rendering = { wall: 0, processor: 0 };
    last = readClocks();
    if (!isOver) setImmediate(next);
  };
  setImmediate(next);
  await work();
  isOver = true;
  // The last collections are told of in a later turn.
  await new Promise((resolve) => setTimeout(resolve, 100));
  garbage.end();
  registry.metrics = render;
  return seen.map(({ start, end, registry: registryMilliseconds, own }) => ({
    registryMilliseconds,
    ownMilliseconds: own - garbage.within(start, end),
  }));
}
