import { intercomFetch } from "@intercom-telemetry/fetch";
import { IntercomClient } from "intercom-client-7";
import { describe, it } from "vitest";
import { startTracing } from "../support/tracing.ts";
import { expectSameAndTrue, type Road } from "./scenarios/run-scenario.ts";
import { SDK_SCENARIOS } from "./scenarios/sdk.ts";

const road: Road = {
  isSeparate: true,
  createClient: (baseUrl, fetch) => new IntercomClient({ token: "demo-token", baseUrl, fetch }),
  instrument: (hosts, registry) => ({ fetch: intercomFetch({ hosts, registry }), detach: () => {} }),
};

describe("the official SDK 7 behaves as without us, and its records are the ledger's", () => {
  it.each(SDK_SCENARIOS)("$name", (scenario) => expectSameAndTrue(scenario, road, startTracing()));
});
