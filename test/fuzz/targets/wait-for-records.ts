import { setTimeout as sleep } from "node:timers/promises";
import type { Watch } from "../watch.ts";

/** What nobody reads is read from a clone, after a while. */
const LONGEST_WAIT_MILLISECONDS = 5000;

/** Waits until as many attempts are written down as were made; throws when there are more, or never that many. */
export async function waitForRecords(watch: Watch, made: number): Promise<void> {
  let recorded = watch.checkCase();
  const started = performance.now();
  while (recorded < made && performance.now() - started < LONGEST_WAIT_MILLISECONDS) {
    await sleep(0);
    recorded += watch.checkCase();
  }
  if (recorded !== made) throw new Error(`${recorded} attempts written down, ${made} were made`);
}
