/** Routes that never respond, so that who ends the request, and why, is certain. */
export const NEVER_ANSWERED = {
  /** The caller ends it. */
  canceled: "/tags/canceled",
  /** The caller's time runs out. */
  timedOut: "/tags/timed-out",
} as const;
