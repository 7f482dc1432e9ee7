import type { TelemetryFacts } from "../facts.ts";
import { listNames, type TelemetryFinding } from "./finding.ts";

/** Below this, one typing error is most of the requests. */
const FEWEST_REQUESTS = 10;
const MOST_UNMATCHED_RATIO = 0.5;

const ACTION =
  "Call Intercom once and look again; then name a proxy, gateway or simulator in `hosts`, and instrument the instance that the code calls.";

/** Whether requests are counted. */
export function checkRequests({ requests, inFlight, silentClients }: TelemetryFacts): TelemetryFinding {
  const details = { requests, inFlight };
  if (requests > 0 && silentClients.length === 0) {
    return { check: "requests", status: "ok", summary: `recorded: ${requests}`, details };
  }
  if (requests > 0) {
    const summary = `recorded: ${requests}, none of ${listNames(silentClients)}`;
    const cause =
      "They call a host that is not Intercom's, another instance is called, or they were idle so far.";
    return { check: "requests", status: "warning", summary, cause, action: ACTION, details };
  }
  if (inFlight > 0) {
    const summary = `no request has ended yet, ${inFlight} in flight`;
    return { check: "requests", status: "warning", summary, details };
  }
  return {
    check: "requests",
    status: "failed",
    summary: "the client is set up, and no request is recorded",
    cause:
      "Requests go to a host that is not Intercom's, through another instance or another fetch, are left out by `ignore`, or nothing was called yet.",
    action: ACTION,
    details,
  };
}

/** Whether operations are recognized. */
export function checkOperations({ requests, unmatchedRequests }: TelemetryFacts): TelemetryFinding {
  const details = { requests, unmatchedRequests };
  const summary = `${unmatchedRequests} of ${requests} requests have a path that is in no table of operations`;
  if (requests < FEWEST_REQUESTS || unmatchedRequests / requests <= MOST_UNMATCHED_RATIO) {
    return { check: "operations", status: "ok", summary, details };
  }
  return {
    check: "operations",
    status: "failed",
    summary,
    cause:
      "A gateway adds a path in front of Intercom's, the host serves something else as well, or the code calls paths that Intercom does not have.",
    action:
      "Give the gateway's address with its path in `hosts`, such as https://gateway.example/intercom; find the rest in spans without `url.template`.",
    details,
  };
}
