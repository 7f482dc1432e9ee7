/** What has been put off. */
export type Turn =
  | { readonly immediate: NodeJS.Immediate }
  | { readonly timer: ReturnType<typeof setTimeout> };

/**
 * Calls back once the code that runs now has ended, with all its promises. It keeps the process alive until then. An
 * immediate, where there are such, costs no turn of the event loop when it is taken back; a timer does.
 */
export function onNextTurn(work: () => void): Turn {
  return typeof setImmediate === "function"
    ? { immediate: setImmediate(work) }
    : { timer: setTimeout(work, 0) };
}

/** Takes it back. */
export function cancelTurn(turn: Turn): void {
  if ("immediate" in turn) clearImmediate(turn.immediate);
  else clearTimeout(turn.timer);
}
