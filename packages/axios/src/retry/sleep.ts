/** The parts of an AbortSignal that are used, so that a polyfilled one is no stranger. */
interface SignalLike {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

function isSignal(value: unknown): value is SignalLike {
  return typeof (value as Partial<SignalLike> | null | undefined)?.addEventListener === "function";
}

/** Waits, and no longer than until the signal aborts. @returns whether it has aborted. */
export function sleep(seconds: number, signal: unknown): Promise<boolean> {
  return new Promise((resolve) => {
    const watched = isSignal(signal) ? signal : undefined;
    const end = (): void => {
      clearTimeout(timer);
      watched?.removeEventListener("abort", end);
      resolve(watched?.aborted === true);
    };
    const timer = setTimeout(end, watched?.aborted ? 0 : Math.ceil(seconds * 1000));
    watched?.addEventListener("abort", end);
  });
}
