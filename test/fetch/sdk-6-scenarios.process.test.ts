import { instrumentGlobalFetch } from "@intercom-telemetry/fetch";
import { IntercomClient as Client6 } from "intercom-client-6";
import type { IntercomClient } from "intercom-client-7";
import { describe, it } from "vitest";
import { startTracing } from "../support/tracing.ts";
import { expectSameAndTrue, type Road } from "./scenarios/run-scenario.ts";
import { SDK_SCENARIOS } from "./scenarios/sdk.ts";

const road: Road = {
  isSeparate: false,
  // It takes no fetch: it reads the global one for each call.
  createClient: (baseUrl) => new Client6({ token: "demo-token", baseUrl }) as unknown as IntercomClient,
  instrument: (hosts, registry) => {
    const { detach } = instrumentGlobalFetch({ hosts, registry });
    return { fetch: globalThis.fetch, detach };
  },
};

describe("the official SDK 6 behaves as without us, and its records are the ledger's", () => {
  it.each(SDK_SCENARIOS)("$name", (scenario) => expectSameAndTrue(scenario, road, startTracing()));
});
