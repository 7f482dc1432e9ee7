/** Time between the probes of `serve`, in seconds. */
export const DEFAULT_INTERVAL_SECONDS = 60;
