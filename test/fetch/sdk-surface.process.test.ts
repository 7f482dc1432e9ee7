import { instrumentGlobalFetch, intercomFetch, type Outcome } from "@intercom-telemetry/fetch";
import type { Simulator } from "@intercom-telemetry/simulator";
import { IntercomClient as Client6 } from "intercom-client-6";
import { IntercomClient as Client7 } from "intercom-client-7";
import { expect, it } from "vitest";
import { SDK_CALLS } from "../simulator/official-sdks/generated/calls.ts";
import { callMethod } from "../simulator/official-sdks/sdk-surface.ts";
import { seedRecords } from "../simulator/official-sdks/seed-records.ts";
import { start } from "../simulator/support.ts";
import { later } from "./scenarios/scenario.ts";
import { viewOf } from "./scenarios/view.ts";

type Operation = Pick<Outcome, "method" | "urlTemplate">;

interface Instrumented {
  readonly fetch: typeof fetch;
  /** `METHOD template` of each record: after a redirect, the status is that of the last response. */
  readonly recorded: string[];
  detach(): void;
}

function instrument(sdk: 6 | 7, { url }: Simulator): Instrumented {
  const recorded: string[] = [];
  const options = {
    hosts: [url],
    recorders: [
      {
        finish: ({ method, urlTemplate }: Operation) => recorded.push(`${method} ${urlTemplate}`),
      },
    ],
  };
  // SDK 6 takes no fetch.
  if (sdk === 7) return { fetch: intercomFetch(options), recorded, detach: () => {} };
  const { detach } = instrumentGlobalFetch(options);
  return { fetch: globalThis.fetch, recorded, detach };
}

const bare = (): Instrumented => ({ fetch: globalThis.fetch, recorded: [], detach: () => {} });

/** A download as its bytes, pages without the functions that are in them. */
async function readable(value: unknown): Promise<unknown> {
  if (typeof value !== "object" || value === null) return value;
  if ("arrayBuffer" in value) return (value as Response).arrayBuffer().then((bytes) => bytes.byteLength);
  if (Symbol.asyncIterator in value && !("data" in value)) {
    let bytes = 0;
    for await (const chunk of value as AsyncIterable<Uint8Array>) bytes += chunk.byteLength;
    return bytes;
  }
  const { data, response } = value as { data?: unknown; response?: unknown };
  return "rawResponse" in value ? { data, response } : value;
}

type Call = (typeof SDK_CALLS)[number];

/** Calls the method on a separate simulator. */
async function play({ sdk, method, args, operation }: Call, wrap: (simulator: Simulator) => Instrumented) {
  const simulator = await start();
  try {
    const seeded = await seedRecords(simulator, args, operation);
    simulator.ledger.clear();
    const { fetch, recorded, detach } = wrap(simulator);
    const client = new { 6: Client6, 7: Client7 }[sdk]({
      token: "demo-token",
      baseUrl: simulator.url,
      ...(sdk === 7 ? { fetch } : {}),
      ...(method.startsWith("unstable.") ? { version: "Unstable" } : {}),
    });
    const view = await viewOf(callMethod(client, method, seeded).then(readable));
    await later(2);
    detach();
    const ledger = simulator.ledger.entries();
    return {
      view,
      recorded,
      ledger: ledger.map((entry) => `${entry.method} ${entry.urlTemplate}`),
    };
  } finally {
    await simulator.close();
  }
}

it.each([6, 7] as const)(
  "every method of SDK %s returns what it returns without us, and is one record with its operation",
  async (sdk) => {
    for (const call of SDK_CALLS.filter((each) => each.sdk === sdk)) {
      const expected = await play(call, bare);
      const found = await play(call, (simulator) => instrument(sdk, simulator));
      expect(found.view, call.method).toEqual(expected.view);
      expect(found.ledger, call.method).toEqual(expected.ledger);
      expect(found.recorded, call.method).toEqual(found.ledger);
    }
  },
);
