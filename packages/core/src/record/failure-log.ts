import type { FailureStage } from "../contract/index.ts";
import { catchRejection } from "./catch-rejection.ts";
import { logFailure } from "./log-warning.ts";
import type { Recorder } from "./recorder.ts";

/** Counts failures of our own and reports the first of each stage through OpenTelemetry's `diag`. Never throws. */
export class FailureLog {
  readonly #recorders: readonly Recorder[];
  readonly #reported = new Set<FailureStage>();

  constructor(recorders: readonly Recorder[]) {
    this.#recorders = recorders;
  }

  report(stage: FailureStage, error: unknown): void {
    for (const recorder of this.#recorders) {
      try {
        // An async one that rejects is not reported again.
        catchRejection(recorder.fail?.(stage), () => {});
      } catch {
        // A registry that throws is one more thing the caller must not notice.
      }
    }
    if (this.#reported.has(stage)) return;
    this.#reported.add(stage);
    logFailure(`recording failed in stage ${stage}; the request was not affected`, error);
  }
}
