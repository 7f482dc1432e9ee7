import type { Telemetry } from "../telemetry.ts";
import { type Candidate, type CreateCandidate, callAsUsual } from "./candidate.ts";
import type { CandidateName } from "./names.ts";

// Each is loaded only in the processes that are its own.
const createHttp: CreateCandidate = async (telemetry) =>
  (await import("./instrumentation-http.ts")).createInstrumentationHttp(telemetry);
const createAdapter: CreateCandidate = async () =>
  (await import("./axios-prometheus-adapter.ts")).createAxiosPrometheusAdapter();

/** Both general tools in one process: what a service would put together today. */
async function createBoth(telemetry: Telemetry): Promise<Candidate> {
  const pair = [await createHttp(telemetry), await createAdapter(telemetry)];
  return {
    attach(api, url) {
      for (const tool of pair) tool.attach(api, url);
    },
    call: callAsUsual,
    read: async () => (await Promise.all(pair.map((tool) => tool.read()))).flat(),
  };
}

/** Nothing at all: what the caller sees with it is what the caller has to see with every tool. */
async function createBare(): Promise<Candidate> {
  return { attach() {}, call: callAsUsual, read: async () => [] };
}

/** How to begin with each. */
export const CANDIDATES: Readonly<Record<CandidateName, CreateCandidate>> = {
  bare: createBare,
  ours: async (telemetry) => (await import("./ours.ts")).createOurs(telemetry),
  "instrumentation-http": createHttp,
  "axios-prometheus-adapter": createAdapter,
  both: createBoth,
  "prometheus-api-metrics": async () =>
    (await import("./prometheus-api-metrics.ts")).createPrometheusApiMetrics(),
};
