import type { ReadingProblem } from "../facts.ts";
import type { TelemetryFinding } from "./finding.ts";

/** What is examined. */
export type Source = "page" | "store";

const ACTIONS: Readonly<Record<Source, string>> = {
  page: "Give --process the address that Prometheus scrapes, such as http://127.0.0.1:9464/metrics, while the service runs.",
  store:
    "Give --store the address of Prometheus's query API, such as http://prometheus:9090, without /api/v1.",
};

function describe(problem: ReadingProblem, source: Source): Pick<TelemetryFinding, "summary" | "cause"> {
  switch (problem.kind) {
    case "no_response":
      return {
        summary: `no response: ${problem.code}`,
        cause: `Nothing serves the ${source} at this address, or it cannot be reached from here.`,
      };
    case "status":
      return {
        summary: `the response has status ${problem.status}`,
        cause: `What responds at this address is not the ${source}, or wants credentials.`,
      };
    case "too_large":
      return {
        summary: `the response is longer than ${problem.maxBytes} bytes`,
        cause: `This ${source} has far more series than a service and its clients have.`,
      };
    case "not_a_page":
      return {
        summary: "the response is not in Prometheus's text format",
        cause: "Another page of the service responds at this address.",
      };
    case "not_a_store":
      return {
        summary: "the response is not one of Prometheus's query API",
        cause: "A dashboard, a proxy or another part of the store responds at this address.",
      };
  }
}

const needsCredentials = (problem: ReadingProblem): boolean =>
  problem.kind === "status" && [401, 403].includes(problem.status);

/** Whether there was something to read. */
export function checkReading(problem: ReadingProblem | undefined, source: Source): TelemetryFinding {
  if (!problem) {
    const summary = source === "page" ? "the metrics page responds" : "the store responds to queries";
    return { check: "reading", status: "ok", summary };
  }
  const action = needsCredentials(problem)
    ? "Give --authorization a file with the value of the Authorization header."
    : ACTIONS[source];
  return {
    check: "reading",
    status: "failed",
    ...(problem.kind === "no_response" && { code: problem.code }),
    ...describe(problem, source),
    action,
  };
}
