import { forkScript, whenAborted } from "./forked-process.ts";
import type { StoreMessage } from "./messages.ts";

/** The store of the OTLP pipeline, seen from the demo. */
export interface StoreProcess {
  readonly url: string;
  /** Rejects when it ends before it was told to; never resolves. */
  readonly died: Promise<never>;
  /** Resolves when it is gone, and its data too. */
  end(): Promise<void>;
}

const LONGEST_START_SECONDS = 60;
const LONGEST_END_SECONDS = 10;

/**
 * Starts VictoriaMetrics in a process that takes it along when it ends, and waits until it is ready.
 *
 * @param signal ends it while it is still starting.
 */
export async function startStore(signal: AbortSignal): Promise<StoreProcess> {
  const child = forkScript<StoreMessage>("store", []);
  const end = (): Promise<void> => child.end(LONGEST_END_SECONDS);
  const stopWaiting = whenAborted(signal, end);
  try {
    const { storeUrl } = await child.waitFor("ready", LONGEST_START_SECONDS);
    return { url: storeUrl, died: child.died, end };
  } catch (error) {
    await end();
    throw error;
  } finally {
    stopWaiting();
  }
}
