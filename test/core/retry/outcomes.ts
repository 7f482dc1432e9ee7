import type { Operation, Outcome, RetryCall } from "@intercom-telemetry/core";
import { classify, createTargetReader, DEFAULT_API_HOSTS, findOperation } from "@intercom-telemetry/core";

const readTarget = createTargetReader(DEFAULT_API_HOSTS);

/** How an attempt ended, in short. */
export interface ShortEnding {
  /** Absent: no response came, and `code` is a transport code. */
  readonly status?: number;
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of an error list with `code`. */
  readonly body?: unknown;
}

/** A call for this path, whose first attempt begins now. */
export function callOn(method: string, path: string, more: Partial<RetryCall> = {}): RetryCall {
  const target = readTarget(`https://api.intercom.io${path}`);
  if (!target) throw new Error(`expected a path, got ${path}`);
  return {
    operation: findOperation(method, target),
    query: target.query,
    startedMilliseconds: 0,
    retryCount: 0,
    readBody: () => undefined,
    ...more,
  };
}

/** The outcome of an attempt that ended so. */
export function outcomeOf(
  { status, code = "", headers = {}, body }: ShortEnding,
  operation: Operation,
  retryCount = 0,
): Outcome {
  const list = { type: "error.list", errors: [{ code, message: "" }] };
  const ending =
    status === undefined
      ? { failureCode: code }
      : { status, headers: (name: string) => headers[name], body: body ?? (status < 400 ? {} : list) };
  return {
    ...classify(ending, operation),
    client: "default",
    method: operation.method,
    urlTemplate: operation.template,
    apiVersion: undefined,
    retryCount,
    follows: undefined,
    durationSeconds: 0,
  };
}
