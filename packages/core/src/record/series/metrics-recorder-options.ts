/** How the recorders of metrics write. */
export interface MetricsRecorderOptions {
  /** Whether durations are kept apart by method and URL template. Default true. */
  readonly durationPerOperation?: boolean | undefined;
}
