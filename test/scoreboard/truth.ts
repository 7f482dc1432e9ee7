import type { LedgerEntry } from "@intercom-telemetry/simulator";
import type { Quota, RecordedRequest } from "./book.ts";
import type { Scenario } from "./scenario.ts";

/** What happened, as far as the scenario can be asked for it. */
export interface Truth {
  /** Each is a way to tell it; a record has to agree with one of them. */
  readonly views: readonly (readonly RecordedRequest[])[];
  readonly seconds: number;
  readonly quota: Quota;
  readonly quotaUnknown: number;
  readonly retries: number;
  readonly inFlight: number;
  readonly mostSeries: number;
  readonly planted: readonly string[];
}

/** After these the client has no response, whatever part of one was sent. */
const WITHOUT_RESPONSE: ReadonlySet<string> = new Set([
  "connection_reset",
  "timeout",
  "response_incomplete",
  "response_undecodable",
]);

/** The entry of the ledger in the words of a record. */
export function toRequest(entry: LedgerEntry): RecordedRequest {
  const { method, urlTemplate, status, errorCode, retryable, requestId } = entry;
  const responded = errorCode === undefined || !WITHOUT_RESPONSE.has(errorCode);
  return {
    method,
    status: responded ? status : undefined,
    failed: errorCode !== undefined,
    template: urlTemplate,
    code: errorCode,
    retryable,
    requestId: responded ? requestId : undefined,
  };
}

function lastQuota(ledger: readonly LedgerEntry[]): Quota {
  const last = ledger.findLast(({ limit, remaining, resetEpochSeconds }) =>
    [limit, remaining, resetEpochSeconds].every((each) => each !== undefined),
  );
  const { limit, remaining, resetEpochSeconds } = last ?? {};
  return { limit, remaining, resetEpochSeconds };
}

/** What the scenario and the ledger say, without a look at any tool. `calls`: as many as bare axios was asked to make. */
export function truthOf(scenario: Scenario, ledger: readonly LedgerEntry[], calls: number): Truth {
  return {
    views: scenario.views?.(ledger) ?? [ledger.map(toRequest)],
    seconds: ledger.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0),
    quota: lastQuota(ledger),
    quotaUnknown: 0,
    retries: ledger.length - calls,
    inFlight: scenario.inFlight ?? 0,
    mostSeries: scenario.mostSeries ?? Number.POSITIVE_INFINITY,
    planted: scenario.planted ?? [],
  };
}
