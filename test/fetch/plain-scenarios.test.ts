import { intercomFetch } from "@intercom-telemetry/fetch";
import { IntercomClient } from "intercom-client-7";
import { describe, it } from "vitest";
import { startTracing } from "../support/tracing.ts";
import { PLAIN_SCENARIOS } from "./scenarios/plain.ts";
import { expectSameAndTrue, type Road } from "./scenarios/run-scenario.ts";

const road: Road = {
  isSeparate: true,
  createClient: (baseUrl, fetch) => new IntercomClient({ token: "demo-token", baseUrl, fetch }),
  instrument: (hosts, registry) => ({ fetch: intercomFetch({ hosts, registry }), detach: () => {} }),
};

describe("fetch behaves as the bare one, and its records are the ledger's", () => {
  it.each(PLAIN_SCENARIOS)("$name", (scenario) => expectSameAndTrue(scenario, road, startTracing()));
});
