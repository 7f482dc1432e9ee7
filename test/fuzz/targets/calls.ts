import { INTERCOM_HOSTS } from "@intercom-telemetry/core";
import axios, { type AxiosRequestConfig } from "axios";
import fc from "fast-check";
import { failure, thrownValue, toError } from "../arbitraries/failures.ts";
import { requestConfig } from "../arbitraries/requests.ts";
import { type GivenResponse, givenResponse } from "../arbitraries/responses.ts";
import type { Watch } from "../watch.ts";
import { type Call, refuseDifference, settle } from "./settle.ts";
import type { Target } from "./target.ts";

const ROUTES = ["/contacts/5f0c1b2a", "/conversations/search", "/export/content/data", "/nothing"] as const;

/** axios 1 reads `validateStatus` from the configuration; the adapter stands for all of what it does with a status. */
const respond = (data: GivenResponse): Promise<unknown> =>
  Promise.resolve({ statusText: "", config: {}, ...data });

/** axios writes into the response: each instance gets its own. */
function copy({ status, headers, data }: GivenResponse): GivenResponse {
  const isRecord = Object.getPrototypeOf(headers ?? 0) === Object.prototype;
  return { status, headers: isRecord ? { ...(headers as object) } : headers, data };
}

const INTERCOM: ReadonlySet<string> = new Set(INTERCOM_HOSTS.map(({ host }) => host));

/** Where the request goes, as axios and the WHATWG parser see it. */
function goesToIntercom({ baseURL, url, allowAbsoluteUrls }: AxiosRequestConfig): boolean {
  try {
    const target = new URL(
      axios.getUri({ baseURL, url: String(url ?? ""), allowAbsoluteUrls } as AxiosRequestConfig),
    );
    return /^https?:$/.test(target.protocol) && INTERCOM.has(target.hostname);
  } catch {
    return false;
  }
}

/** How generated data becomes a call. */
interface Calls<Data> {
  readonly name: string;
  readonly weight: number;
  readonly data: fc.Arbitrary<Data>;
  readonly toCall: (data: Data) => Call;
}

/** Runs calls through an instrumented and a bare instance, and compares what came of them. */
function callTarget<Data>(watch: Watch, made: { requests: number }, calls: Calls<Data>): Target {
  const { name, weight, data, toCall } = calls;
  const property = fc.asyncProperty(data, async (given) => {
    const call = toCall(given);
    const measured = await settle(watch.measured, call);
    const bare = await settle(watch.bare, toCall(given));
    const recorded = watch.checkCase();
    made.requests += recorded;
    refuseDifference(measured, bare);
    const sent = goesToIntercom(call.config) ? measured.handed.length : 0;
    if (recorded !== sent) throw new Error(`${recorded} requests written down, ${sent} were sent`);
  });
  return {
    name,
    weight,
    async run(parameters) {
      await fc.assert(property, parameters);
      await watch.checkMetrics(made.requests);
      const failures = await watch.countFailures();
      if (failures > 0) throw new Error(`${failures} failures of the instrumentation on plain data`);
    },
  };
}

const route = fc.constantFrom(...ROUTES);

/** What comes from the network as plain data, and what users configure. */
export function createCallTargets(watch: Watch): Target[] {
  const made = { requests: 0 };
  const baseURL = "https://api.intercom.io";
  return [
    callTarget(watch, made, {
      name: "responses",
      weight: 4,
      data: fc.tuple(route, givenResponse),
      toCall: ([url, given]) => ({
        config: { baseURL, url, method: url.endsWith("search") ? "post" : "get" },
        adapter: () => respond(copy(given)),
      }),
    }),
    callTarget(watch, made, {
      name: "failures",
      weight: 2,
      data: fc.tuple(route, fc.oneof(failure.map(toError), thrownValue)),
      toCall: ([url, error]) => ({ config: { baseURL, url }, adapter: () => Promise.reject(error) }),
    }),
    callTarget(watch, made, {
      name: "requests",
      weight: 3,
      data: requestConfig,
      toCall: (config) => ({
        config,
        adapter: () => respond({ status: 200, headers: { "x-request-id": "r1" }, data: "{}" }),
      }),
    }),
  ];
}
