import { logFailure, logWarning } from "./log-warning.ts";
import type { PendingRecords } from "./pending-records.ts";
import type { Recorder } from "./recorder.ts";

/** How long `flush` may take. */
export interface FlushOptions {
  /** Longest wait, at most 600. What is not exported by then is reported through `diag`. Default 5. */
  readonly timeoutSeconds?: number | undefined;
}

/** Exports what was recorded so far. */
export type Flush = (options?: FlushOptions) => Promise<void>;

const DEFAULT_SECONDS = 5;
const MOST_SECONDS = 600;
/** The body of a failed response is read for at most a second. A caller who reads one may take much longer. */
const LONGEST_RECORD_MILLISECONDS = 1500;

/** @returns whether the promise settled in time. It must not reject. */
function settlesWithin(milliseconds: number, promise: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    void promise.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

async function flushOne(recorder: Recorder): Promise<void> {
  try {
    await recorder.flush?.();
  } catch (error) {
    logFailure("flush failed", error);
  }
}

async function flushAll(recorders: readonly Recorder[], pending: PendingRecords): Promise<void> {
  await settlesWithin(LONGEST_RECORD_MILLISECONDS, pending.none());
  await Promise.all(recorders.map(flushOne));
}

/** Waits until what has ended is recorded, then has every recorder export it. Never rejects. */
export async function flushRecorders(
  recorders: readonly Recorder[],
  pending: PendingRecords,
  { timeoutSeconds = DEFAULT_SECONDS }: FlushOptions = {},
): Promise<void> {
  const seconds = timeoutSeconds > 0 ? Math.min(timeoutSeconds, MOST_SECONDS) : DEFAULT_SECONDS;
  const isDone = await settlesWithin(seconds * 1000, flushAll(recorders, pending));
  if (!isDone) logWarning(`flush did not end within ${seconds} s: the last spans or metrics may be missing`);
}

/** Exports what an OpenTelemetry provider holds, where it can be asked to: the API does not say so. */
export async function forceFlush(provider: object): Promise<void> {
  const { forceFlush: flush } = provider as { readonly forceFlush?: unknown };
  if (typeof flush === "function") await Reflect.apply(flush, provider, []);
}
