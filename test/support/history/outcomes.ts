import { lookupError } from "@intercom-telemetry/core/facts";
import type { OperationShare, ServiceProcess } from "./services.ts";
import type { Story } from "./story.ts";

/** Labels of one way in which a request ends. */
export interface OutcomeLabels {
  readonly status_code: string;
  readonly error_code: string;
  readonly error_category: string;
  readonly retryable: string;
}

/** One way in which a request ends, and its part of the requests. */
export interface Outcome {
  readonly labels: OutcomeLabels;
  readonly share: (story: Story, operation: OperationShare, process: ServiceProcess) => number;
}

const outcome = (
  status_code: string,
  error_code: string,
  retryable: string,
  share: Outcome["share"],
): Outcome => ({
  labels: { status_code, error_code, error_category: lookupError(error_code)?.category ?? "", retryable },
  share,
});

/** Every failure of the story; whatever is left succeeds. */
export const FAILURES: readonly Outcome[] = [
  outcome("429", "rate_limit_exceeded", "true", ({ campaign }, _, { client }) =>
    client === "sync" ? 0.18 * campaign : 0,
  ),
  outcome("503", "service_unavailable", "true", ({ outage }) => 0.00004 + 0.22 * outage),
  outcome("", "timeout", "true", ({ outage }) => 0.00003 + 0.03 * outage),
  outcome("401", "token_revoked", "false", ({ revoked }, _, { client }) =>
    client === "support" ? 0.96 * revoked : 0,
  ),
  outcome("404", "not_found", "false", (_, { method }) => (method === "GET" ? 0.012 : 0)),
  outcome("409", "conflict", "false", (_, { method }) => (method === "PUT" ? 0.004 : 0)),
  outcome("422", "parameter_invalid", "false", ({ badDeploy }, { method }, { client }) =>
    method === "PUT" && client === "support" ? 0.001 + 0.75 * badDeploy : 0,
  ),
];

/** Requests that succeed. */
export const SUCCESS: OutcomeLabels = {
  status_code: "200",
  error_code: "",
  error_category: "",
  retryable: "",
};
