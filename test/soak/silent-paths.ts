/** Paths that never respond, so that who ends the request, and why, is certain. */
export const SILENT_PATHS = {
  /** The caller ends it. */
  canceled: "/tags/canceled",
  /** The caller's time runs out. */
  timedOut: "/tags/timed-out",
} as const;
