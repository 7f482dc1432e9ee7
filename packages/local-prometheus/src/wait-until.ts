import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MILLISECONDS = 250;

/** Seconds since the epoch, on this machine's clock. */
export const nowEpochSeconds = (): number => Date.now() / 1000;

/**
 * Looks again and again until there is something.
 *
 * @param what for the message of the error that ends the wait.
 */
export async function waitUntil<Found>(
  what: string,
  timeoutSeconds: number,
  look: () => Promise<Found | undefined> | Found | undefined,
): Promise<Found> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${timeoutSeconds} s`);
    await sleep(LOOK_EVERY_MILLISECONDS);
  }
}
