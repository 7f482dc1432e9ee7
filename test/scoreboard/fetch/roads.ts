import { IntercomClient as Client6 } from "intercom-client-6";
import { IntercomClient } from "intercom-client-7";
import { PLAIN_SCENARIOS } from "../../fetch/scenarios/plain.ts";
import type { Scenario } from "../../fetch/scenarios/scenario.ts";
import { SDK_SCENARIOS } from "../../fetch/scenarios/sdk.ts";

/** A way to call Intercom. */
export interface ScoredRoad {
  readonly scenarios: readonly Scenario[];
  /** The caller reads the global fetch. */
  readonly isGlobal: boolean;
  createClient(baseUrl: string, fetch: typeof globalThis.fetch): IntercomClient;
}

const token = "demo-token";

export const ROADS: Readonly<Record<string, ScoredRoad>> = {
  fetch: {
    scenarios: PLAIN_SCENARIOS,
    isGlobal: false,
    createClient: (baseUrl, fetch) => new IntercomClient({ token, baseUrl, fetch }),
  },
  "SDK 7": {
    scenarios: SDK_SCENARIOS,
    isGlobal: false,
    createClient: (baseUrl, fetch) => new IntercomClient({ token, baseUrl, fetch }),
  },
  "SDK 6": {
    scenarios: SDK_SCENARIOS,
    isGlobal: true,
    createClient: (baseUrl) => new Client6({ token, baseUrl }) as unknown as IntercomClient,
  },
};
