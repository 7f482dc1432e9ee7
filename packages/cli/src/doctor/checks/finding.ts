import { explainOutcome as explainFailure, type Outcome } from "@intercom-telemetry/core";

/** What doctor looks at of a connection to Intercom, in the order in which it reports. */
export type CheckName =
  | "token"
  | "connection"
  | "region"
  | "permissions"
  | "rate_limit"
  | "api_version"
  | "clock"
  | "proxy"
  | "platform";

/** `warning`: worth knowing, or could not be judged. `failed`: somebody has to do something. */
export type FindingStatus = "ok" | "warning" | "failed";

/** One line of the report. Holds nothing of the token and no text of a response of the API. */
export interface Finding<Check extends string = CheckName> {
  readonly check: Check;
  readonly status: FindingStatus;
  /** One sentence. */
  readonly summary: string;
  /** Intercom's code, the code of the status, or a transport code. */
  readonly code?: string;
  readonly cause?: string;
  readonly action?: string;
  /** What Intercom's support asks for. */
  readonly requestId?: string;
  /** The figures behind the sentence, units in the names. */
  readonly details?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** What the catalog says of a failed request, for a finding; empty for one that did not fail. */
export function explainOutcome(outcome: Outcome): Pick<Finding, "code" | "cause" | "action" | "requestId"> {
  const explanation = explainFailure(outcome);
  if (!explanation) return {};
  const { code, cause, action, requestId } = explanation;
  return { code, cause, action, ...(requestId !== undefined && { requestId }) };
}

/** A check that could not be made. */
export function notChecked<Check extends string>(check: Check, reason: string): Finding<Check> {
  return { check, status: "warning", summary: `not checked: ${reason}` };
}

/** The worst status of some findings. */
export function worstStatus(findings: readonly Finding<string>[]): FindingStatus {
  const worst = (["failed", "warning"] as const).find((level) =>
    findings.some(({ status }) => status === level),
  );
  return worst ?? "ok";
}
