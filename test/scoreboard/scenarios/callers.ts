import type { Facet } from "../facets.ts";
import type { Scenario, Stage } from "../scenario.ts";
import { INTERCEPTOR_SCENARIOS } from "./interceptors.ts";
import { NO_UNDICI } from "./no-undici.ts";

const BASICS: readonly Facet[] = ["requests", "status", "failed"];

const once = ({ api, call }: Stage) => call(() => api.get("/me"));

const WAYS: readonly Scenario[] = [
  {
    name: "The fetch adapter for one request",
    asks: BASICS,
    run: ({ api, call }) => call(() => api.get("/me", { adapter: "fetch" })),
    beyond: { "instrumentation-http": NO_UNDICI },
  },
  {
    name: "The fetch adapter, and a 404",
    asks: BASICS,
    axios: { adapter: "fetch" },
    run: ({ api, call }) => call(() => api.get("/contacts/1")),
    beyond: { "instrumentation-http": NO_UNDICI },
  },
  {
    name: "The body is a stream, read to its end",
    asks: BASICS,
    run: ({ api, call }) =>
      call(async () => {
        const response = await api.get("/me", { responseType: "stream" });
        const chunks: Buffer[] = await response.data.toArray();
        response.data = Buffer.concat(chunks).toString();
        return response;
      }),
  },
  {
    name: "The instance is called as a function",
    asks: BASICS,
    run: ({ api, call }) => call(() => api({ url: "/me" })),
  },
  {
    name: "A cached response is not a request",
    asks: BASICS,
    before: async ({ api }) => {
      const { setupCache } = await import("axios-cache-interceptor");
      setupCache(api, { interpretHeader: false });
    },
    run: async (stage) => {
      await once(stage);
      await once(stage);
    },
  },
  {
    name: "An adapter of the user responds without the network",
    asks: [],
    run: ({ api, call }) =>
      call(() =>
        api.get("/me", {
          adapter: async (config) => ({ status: 200, statusText: "OK", headers: {}, data: "{}", config }),
        }),
      ),
  },
];

const SHARING: readonly Scenario[] = [
  {
    name: "One frozen configuration is used for five calls at once",
    asks: BASICS,
    run: ({ api, call }) => {
      const config = Object.freeze({ url: "/me", headers: Object.freeze({ "X-Mine": "1" }) });
      return Promise.all(Array.from({ length: 5 }, () => call(() => api.request(config))));
    },
  },
  {
    name: "Fifty calls at once, every fifth fails",
    asks: BASICS,
    run: ({ api, call }) =>
      Promise.allSettled(
        Array.from({ length: 50 }, (_, at) => call(() => api.get(at % 5 === 0 ? "/contacts/1" : "/me"))),
      ),
  },
  {
    name: "Three requests on one kept connection",
    asks: BASICS,
    run: async (stage) => {
      for (let sent = 0; sent < 3; sent += 1) await once(stage);
    },
  },
  {
    name: "Four requests are on their way",
    asks: ["inFlight"],
    inFlight: 4,
    simulator: { script: { rules: [{ action: { kind: "hang" } }] } },
    run: async (stage) => {
      for (let sent = 0; sent < 4; sent += 1) once(stage).catch(() => undefined);
      await serverHas(stage.url, 4);
    },
  },
];

/** Waits until as many requests have arrived. */
async function serverHas(url: string, requests: number): Promise<void> {
  for (let asked = 0; asked < 500; asked += 1) {
    const response = await fetch(`${url}/__simulator/ledger`);
    const { inFlight } = (await response.json()) as { inFlight: number };
    if (inFlight === requests) return;
  }
  throw new Error(`expected ${requests} requests to arrive`);
}

/** The many ways in which axios is used. */
export const CALLER_SCENARIOS: readonly Scenario[] = [...INTERCEPTOR_SCENARIOS, ...WAYS, ...SHARING];
