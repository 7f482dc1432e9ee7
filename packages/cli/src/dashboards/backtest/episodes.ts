/** Values of one series at the moments of a query, in order. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [epochSeconds: number, value: number])[];
}

/** How long an alert waits before it fires, and how long it stays. */
export interface Patience {
  readonly forSeconds: number;
  readonly keepFiringForSeconds: number;
  /** Between two evaluations. */
  readonly stepSeconds: number;
}

/** A stretch in which an alert would have fired for one set of labels. */
export interface Episode {
  readonly labels: Readonly<Record<string, string>>;
  readonly pendingEpochSeconds: number;
  readonly firingEpochSeconds: number;
  /** `undefined` when it still fires at the end. */
  readonly resolvedEpochSeconds: number | undefined;
  /** The largest value of the expression while it fired. */
  readonly peak: number;
}

interface Stretch {
  readonly startSeconds: number;
  lastSeconds: number;
  /** From the moment of firing on. */
  firingSeconds: number | undefined;
  peak: number;
}

/** When a stretch ends whose condition held last at a moment: at the next evaluation, or later where it is kept. */
function endOf(
  { lastSeconds, firingSeconds }: Stretch,
  { stepSeconds, keepFiringForSeconds }: Patience,
): number {
  return lastSeconds + stepSeconds + (firingSeconds === undefined ? 0 : keepFiringForSeconds);
}

function observe(stretch: Stretch, time: number, value: number, { forSeconds }: Patience): void {
  stretch.lastSeconds = time;
  if (stretch.firingSeconds === undefined && time - stretch.startSeconds >= forSeconds) {
    stretch.firingSeconds = time;
    stretch.peak = value;
  }
  if (stretch.firingSeconds !== undefined && value > stretch.peak) stretch.peak = value;
}

/**
 * The stretches in which an alert would have fired for one set of labels, as Prometheus decides it. It is
 * pending from the first evaluation that finds the series, and fires once it has been found for the alert's `for`.
 *
 * @param endSeconds the last evaluation.
 */
export function listEpisodes(series: Series, patience: Patience, endSeconds: number): readonly Episode[] {
  const stretches: Stretch[] = [];
  for (const [time, value] of series.samples) {
    let stretch = stretches.at(-1);
    if (stretch === undefined || time > endOf(stretch, patience)) {
      stretch = { startSeconds: time, lastSeconds: time, firingSeconds: undefined, peak: value };
      stretches.push(stretch);
    }
    observe(stretch, time, value, patience);
  }
  return stretches.flatMap((stretch) => {
    const { startSeconds, firingSeconds, peak } = stretch;
    if (firingSeconds === undefined) return [];
    const end = endOf(stretch, patience);
    return [
      {
        labels: series.labels,
        pendingEpochSeconds: startSeconds,
        firingEpochSeconds: firingSeconds,
        resolvedEpochSeconds: end > endSeconds ? undefined : end,
        peak,
      },
    ];
  });
}
