/** Labels of a series, without its name. */
export type SeriesLabels = Readonly<Record<string, string>>;

/** Samples of one series: seconds since the epoch and a value, in order. */
export interface Series {
  readonly name: string;
  readonly labels: SeriesLabels;
  readonly samples: readonly (readonly [timeSeconds: number, value: number])[];
}
