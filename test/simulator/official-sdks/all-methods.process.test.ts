import type { Simulator } from "@intercom-telemetry/simulator";
import { IntercomClient as Client6 } from "intercom-client-6";
import { IntercomClient as Client7 } from "intercom-client-7";
import { expect, test } from "vitest";
import { start } from "../support.ts";
import { type Returned, typeErrors } from "./check-types.ts";
import { SDK_CALLS } from "./generated/calls.ts";
import type { SdkCall } from "./sdk-call.ts";
import { callMethod, methodsOf } from "./sdk-surface.ts";
import { seedRecords } from "./seed-records.ts";

const CLIENTS = { 6: Client6, 7: Client7 };

/** Unstable methods are for clients of that version of the API. */
const createClient = (sdk: 6 | 7, baseUrl: string, method = "") =>
  new CLIENTS[sdk]({
    token: "demo-token",
    baseUrl,
    ...(method.startsWith("unstable.") ? { version: "Unstable" } : {}),
  });

/** The parts of what a method returned that are JSON, each with where it stands. */
async function jsonParts(value: unknown): Promise<Pick<Returned, "value" | "property">[]> {
  if (typeof value !== "object" || value === null) return [{ value }];
  if ("rawResponse" in value && "data" in value) {
    const { data, response } = value as { data: unknown; response?: unknown };
    return [
      { value: data, property: "data" },
      ...(response === undefined ? [] : [{ value: response, property: "response" }]),
    ];
  }
  if ("arrayBuffer" in value || Symbol.asyncIterator in value) {
    expect(await byteLength(value), "bytes of a download").toBeGreaterThan(0);
    return [];
  }
  return [{ value }];
}

async function byteLength(download: object): Promise<number> {
  if ("arrayBuffer" in download) {
    return (await (download as { arrayBuffer(): Promise<ArrayBuffer> }).arrayBuffer()).byteLength;
  }
  let bytes = 0;
  for await (const chunk of download as AsyncIterable<Uint8Array>) bytes += chunk.byteLength;
  return bytes;
}

/** Each call meets a separate simulator, in which the records of its arguments are there. */
async function callOnFreshSimulator(call: SdkCall, simulator: Simulator): Promise<Returned[]> {
  const { sdk, method, operation } = call;
  const args = await seedRecords(simulator, call.args, operation);
  simulator.ledger.clear();
  const value = await callMethod(createClient(sdk, simulator.url, method), method, args);
  const parts = await jsonParts(value);
  const entries = simulator.ledger.entries();
  expect(entries.map((entry) => `${entry.method} ${entry.urlTemplate}`)).toEqual([operation]);
  expect(entries[0]?.status).toBeLessThan(400);
  return parts.map((part) => ({ sdk, method, ...part }));
}

test.each([6, 7] as const)("the list of calls has every method of SDK %s", (sdk) => {
  const listed = SDK_CALLS.filter((call) => call.sdk === sdk).map(({ method }) => method);
  const client = createClient(sdk, "http://127.0.0.1");
  expect(listed.toSorted()).toEqual(methodsOf(client).toSorted());
});

test("every method of both SDKs succeeds, and its response has the type that the SDK declares", async () => {
  const returned: Returned[] = [];
  const failed: string[] = [];
  for (const call of SDK_CALLS) {
    const simulator = await start();
    try {
      returned.push(...(await callOnFreshSimulator(call, simulator)));
    } catch (error) {
      failed.push(`SDK ${call.sdk}, ${call.method}: ${String(error)}`);
    }
    await simulator.close();
  }
  expect(failed).toEqual([]);
  expect(typeErrors(returned)).toEqual([]);
});
