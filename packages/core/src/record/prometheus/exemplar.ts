import type { Outcome } from "../../classify/index.ts";
import type { TraceReference } from "../recorder.ts";

/** Points from a sample to one attempt that it counts, in the shape that prom-client's registries read. */
export interface Exemplar {
  readonly labelSet: Readonly<Record<string, string>>;
  readonly value: number;
  readonly timestamp: number;
}

/** An exemplar of now. */
export const createExemplar = (labelSet: Exemplar["labelSet"], value: number): Exemplar => ({
  labelSet,
  value,
  timestamp: Date.now() / 1000,
});

/** Most characters of an exemplar's label names and values together. Source: OpenMetrics 1.0. */
const MOST_CHARACTERS = 128;

function charactersOf(labels: Readonly<Record<string, string>>): number {
  return Object.entries(labels).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
}

/**
 * The labels that lead to this attempt: its trace when it is sampled, and Intercom's request id when it failed, which is
 * what Intercom's support asks for. `undefined` when nothing does.
 */
export function exemplarLabels(
  { error, requestId }: Pick<Outcome, "error" | "requestId">,
  trace: TraceReference | undefined,
): Readonly<Record<string, string>> | undefined {
  const failed = error !== undefined && requestId !== undefined;
  if (!trace && !failed) return undefined;
  const labels = {
    ...(trace && { trace_id: trace.traceId, span_id: trace.spanId }),
    ...(failed && { intercom_request_id: requestId }),
  };
  // A recorder of the user's own may name traces as it likes.
  return charactersOf(labels) <= MOST_CHARACTERS ? labels : undefined;
}
