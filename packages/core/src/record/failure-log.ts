import { diag } from "@opentelemetry/api";
import type { FailureStage } from "../contract/index.ts";
import type { PrometheusRecorder } from "./prometheus/prometheus-recorder.ts";

/** Counts our own failures and says so once for each stage, through OpenTelemetry's `diag`. Never throws. */
export class FailureLog {
  readonly #metrics: PrometheusRecorder | undefined;
  readonly #reported = new Set<FailureStage>();

  constructor(metrics: PrometheusRecorder | undefined) {
    this.#metrics = metrics;
  }

  /** The error's message stays out of the log: it may quote a body or a URL. */
  report(stage: FailureStage, error: unknown): void {
    try {
      this.#metrics?.fail(stage);
      if (this.#reported.has(stage)) return;
      this.#reported.add(stage);
      const kind = error instanceof Error ? error.constructor.name : typeof error;
      diag.warn(
        `intercom-telemetry: recording failed in stage ${stage} (${kind}); the request was not affected`,
      );
    } catch {
      // A logger or registry that throws is one more thing the caller must not notice.
    }
  }
}
