import { intercomFetch } from "@intercom-telemetry/fetch";
import type { MeterProvider } from "@opentelemetry/api";
import type { Registry } from "prom-client";
import { Agent, fetch } from "undici";
import { tokenOf } from "./faults.ts";
import { pick } from "./pick.ts";

const SOCKETS = 20;
const QUERY = JSON.stringify({ query: { field: "role", operator: "=", value: "user" } });

type MakeRequest = (call: number) => readonly [path: string, init?: { method: string; body?: string }];

const REQUESTS: readonly MakeRequest[] = [
  () => ["/me"],
  (call) => [`/contacts/${call}`],
  (call) => [
    "/contacts",
    { method: "POST", body: JSON.stringify({ external_id: `f-${call}`, role: "user" }) },
  ],
  (call) => [`/contacts/${call}`, { method: "DELETE" }],
  () => ["/contacts/search", { method: "POST", body: QUERY }],
  (call) => [`/nowhere/${call}?page=${call}`],
];

/** How a service calls by fetch. */
export interface FetchCaller {
  /** Makes one request and reads its response, if there is one. Never rejects. */
  readonly call: (seed: number, call: number, random: () => number) => Promise<void>;
  readonly closeSockets: () => void;
}

/** Makes calls through `intercomFetch`, which writes into the same registry and meter as axios. */
export function createFetchCaller(url: string, registry: Registry, meter: MeterProvider): FetchCaller {
  let dispatcher = new Agent({ connections: SOCKETS });
  const base = (input: unknown, init: unknown) => fetch(input as never, { ...(init as object), dispatcher });
  const measured = intercomFetch({ hosts: [url], registry, meter, fetch: base as never });
  return {
    async call(seed, call, random) {
      const [path, { method, body } = { method: "GET" }] = pick(random, REQUESTS)(call);
      const headers = {
        authorization: `Bearer ${tokenOf(seed, call, 0)}`,
        "content-type": "application/json",
        "x-simulator-correlation": "recorded",
      };
      const given = { method, headers, ...(body === undefined ? {} : { body }) };
      const response = await measured(`${url}${path}`, given).catch(() => undefined);
      await response?.text().catch(() => undefined);
    },
    closeSockets() {
      void dispatcher.destroy();
      dispatcher = new Agent({ connections: SOCKETS });
    },
  };
}
