/**
 * `scrape-worker.ts <series> <library>`: what a scrape of our metrics costs, beside prom-client's own metrics with the
 * same series and values. `library` is `prom-client` or `prom-client-14`. Prints JSON.
 */
import type { Registry } from "prom-client";
import { copyPlainly, countSeries, fillRegistry, type Library } from "./fill-registry.ts";
import { median } from "./statistics.ts";

const SCRAPES = 25;
/** The first ones are compiled as they run. */
const WARM_UP = 4;

interface Timing {
  readonly milliseconds: number;
  /** The longest turn of the event loop meanwhile. */
  readonly turn: number;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function timeScrape(registry: Registry): Promise<Timing> {
  globalThis.gc?.();
  let turn = 0;
  let lastTurn = performance.now();
  let isOver = false;
  const watch = (): void => {
    const now = performance.now();
    turn = Math.max(turn, now - lastTurn);
    lastTurn = now;
    if (!isOver) setImmediate(watch);
  };
  setImmediate(watch);
  await nextTurn();
  const started = performance.now();
  await registry.metrics();
  const milliseconds = performance.now() - started;
  await nextTurn();
  isOver = true;
  await nextTurn();
  return { milliseconds, turn };
}

const [, , wanted, libraryName = "prom-client"] = process.argv;
const library: Library = await import(libraryName);
const ours = new library.Registry();
await fillRegistry(ours, Number(wanted));
const plain = await copyPlainly(library, ours);
const page = await ours.metrics();
const sortLines = (text: string): string => text.split("\n").sort().join("\n");
if (sortLines(page) !== sortLines(await plain.metrics()))
  throw new Error("expected both pages to be the same");

const timings: Record<"ours" | "plain", Timing[]> = { ours: [], plain: [] };
for (let scrape = 0; scrape < WARM_UP + SCRAPES; scrape += 1) {
  timings.ours.push(await timeScrape(ours));
  timings.plain.push(await timeScrape(plain));
}
const medianOf = (of: keyof typeof timings, what: keyof Timing): number =>
  median(timings[of].slice(WARM_UP).map((timing) => timing[what]));
const result = {
  series: countSeries(page),
  bytes: page.length,
  oursMilliseconds: medianOf("ours", "milliseconds"),
  plainMilliseconds: medianOf("plain", "milliseconds"),
  oursTurnMilliseconds: medianOf("ours", "turn"),
  plainTurnMilliseconds: medianOf("plain", "turn"),
};
process.stdout.write(JSON.stringify(result));
