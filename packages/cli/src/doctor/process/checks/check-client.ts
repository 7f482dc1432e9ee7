import { METRICS } from "@intercom-telemetry/core/contract";
import type { TelemetryFacts } from "../facts.ts";
import { listNames, type TelemetryFinding } from "./finding.ts";

const { name } = METRICS.info;

const ON_PAGE = {
  summary: `no instrumented client: ${name} is not on the page`,
  cause:
    "No instance is instrumented in this process, or its metrics go elsewhere: to another registry, another copy of prom-client, or OpenTelemetry.",
  action:
    "Pass the registry that this page serves as `registry`, call instrumentIntercom at start-up, and look for two copies with `npm ls prom-client`.",
};

const PROBE_ONLY = {
  summary: "only the probe reports here, intercom-telemetry serve",
  cause: "The probe watches Intercom from outside; requests of services are counted in the services.",
  action: "Read the page of the service that calls Intercom.",
};

const GONE = {
  summary: `no instrumented client now: ${name} was last there within a day`,
  cause: "The service is down, is no longer scraped, or does not export any more.",
  action:
    "Look at the state of the target or of the exporter, then read the service's own page with --process.",
};

const IN_STORE = {
  summary: `no instrumented client: the store has no ${name}`,
  cause: "No service with a client is scraped or exports to this store, or the selector leaves it out.",
  action:
    "Read the service's page with --process; when the client is there, add the page as a scrape target, or export to this store.",
};

function explainAbsence({ store }: TelemetryFacts): Pick<TelemetryFinding, "summary" | "cause" | "action"> {
  if (store?.seenWithinDay) return GONE;
  return store ? IN_STORE : ON_PAGE;
}

/** Whether an instrumented client reports. */
export function checkClient(facts: TelemetryFacts): TelemetryFinding {
  const { clients, isProbeOnly } = facts;
  if (clients.length === 0) return { check: "client", status: "failed", ...explainAbsence(facts) };
  const details = { clients: clients.length };
  if (isProbeOnly) return { check: "client", status: "warning", ...PROBE_ONLY, details };
  const summary = `${clients.length === 1 ? "1 client reports" : `${clients.length} clients report`}: ${listNames(clients)}`;
  return { check: "client", status: "ok", summary, details };
}
