import type { ProbePhase } from "@intercom-telemetry/core/contract";
import type { Clock } from "./clock.ts";

/** How long each phase that was finished took, in seconds. */
export type PhaseSeconds = Readonly<Partial<Record<ProbePhase, number>>>;

/** Times the phases of one request, one after the other. */
export interface Stopwatch {
  /** Ends a phase; the next one begins at the same moment. */
  lap(phase: Exclude<ProbePhase, "total">): void;
  /** Everything timed so far, with the time since the start as `total`. */
  read(): PhaseSeconds;
}

/** Starts a stopwatch. */
export function startStopwatch(clock: Clock): Stopwatch {
  const started = clock.monotonicSeconds();
  const phases: Partial<Record<ProbePhase, number>> = {};
  let lapStarted = started;
  return {
    lap(phase) {
      const now = clock.monotonicSeconds();
      phases[phase] = now - lapStarted;
      lapStarted = now;
    },
    read: () => ({ ...phases, total: clock.monotonicSeconds() - started }),
  };
}
