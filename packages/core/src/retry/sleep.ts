/** The parts of an AbortSignal that are used, so that a polyfilled one works too. */
interface SignalLike {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** The same of a CancelToken, axios's older way to cancel. */
interface CancelTokenLike {
  readonly reason?: unknown;
  subscribe(listener: () => void): void;
  unsubscribe(listener: () => void): void;
}

const isSignal = (value: unknown): value is SignalLike =>
  typeof (value as Partial<SignalLike> | null | undefined)?.addEventListener === "function";

const isCancelToken = (value: unknown): value is CancelTokenLike =>
  typeof (value as Partial<CancelTokenLike> | null | undefined)?.unsubscribe === "function";

/** Whether the caller has given up, by an `AbortSignal` or a `CancelToken` of axios. */
export function isCanceled(cancellation: unknown): boolean {
  if (isSignal(cancellation)) return cancellation.aborted;
  return isCancelToken(cancellation) && cancellation.reason !== undefined;
}

/** Those who wait for one signal, and what has it call them. */
interface Waiters {
  readonly listeners: Set<() => void>;
  readonly callAll: () => void;
}

/**
 * A signal gets one listener for all who wait for it: from eleven on Node warns of a leak, and a caller's signal may be
 * that of hundreds of calls.
 */
const waiters = new WeakMap<SignalLike, Waiters>();

function startWaiting(signal: SignalLike): Waiters {
  const listeners = new Set<() => void>();
  const callAll = (): void => {
    for (const listener of [...listeners]) listener();
  };
  signal.addEventListener("abort", callAll);
  const started = { listeners, callAll };
  waiters.set(signal, started);
  return started;
}

function onAborted(signal: SignalLike, listener: () => void): () => void {
  const { listeners, callAll } = waiters.get(signal) ?? startWaiting(signal);
  // The same function may wait twice.
  const mine = (): void => listener();
  listeners.add(mine);
  return () => {
    if (!listeners.delete(mine) || listeners.size > 0) return;
    signal.removeEventListener("abort", callAll);
    waiters.delete(signal);
  };
}

/**
 * Calls `listener` once the caller gives up.
 *
 * @param cancellation an `AbortSignal`, a `CancelToken` of axios, or anything else, which never cancels.
 * @returns a function that stops listening.
 */
export function onCanceled(cancellation: unknown, listener: () => void): () => void {
  if (isSignal(cancellation)) {
    return onAborted(cancellation, listener);
  }
  if (!isCancelToken(cancellation)) return () => {};
  cancellation.subscribe(listener);
  return () => cancellation.unsubscribe(listener);
}

/**
 * Waits, but no longer than until the caller gives up.
 *
 * @param cancellations each an `AbortSignal`, a `CancelToken` of axios, or anything else, which never cancels.
 * @returns whether the caller gave up.
 */
export function sleep(seconds: number, ...cancellations: readonly unknown[]): Promise<boolean> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const end = (): void => {
      clearTimeout(timer);
      for (const stop of stops) stop();
      resolve(cancellations.some(isCanceled));
    };
    const timer = setTimeout(end, cancellations.some(isCanceled) ? 0 : Math.ceil(seconds * 1000));
    for (const cancellation of cancellations) stops.push(onCanceled(cancellation, end));
  });
}
