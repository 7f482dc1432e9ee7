import type { AxiosInstance } from "axios";
import type { Facet } from "../facets.ts";
import type { Scenario, Stage } from "../scenario.ts";

const BASICS: readonly Facet[] = ["requests", "status", "failed"];
const NO_UNDICI = "the fetch adapter has an instrumentation of its own, instrumentation-undici";

const failTwice = {
  script: { rules: [{ sequence: [{ kind: "empty", status: 503 }, { kind: "reset" }] }] },
} as const;

async function retryFailed(api: AxiosInstance): Promise<void> {
  const { default: axiosRetry } = await import("axios-retry");
  axiosRetry(api, { retries: 2, retryDelay: () => 1 });
}

const once = ({ api, call }: Stage) => call(() => api.get("/me"));

const RETRIES: readonly Scenario[] = [
  {
    name: "axios-retry, put on before the tool, sends three times",
    asks: [...BASICS, "resends"],
    simulator: failTwice,
    before: ({ api }) => retryFailed(api),
    run: once,
  },
  {
    name: "axios-retry, put on after the tool, sends three times",
    asks: [...BASICS, "resends"],
    simulator: failTwice,
    run: async (stage) => {
      await retryFailed(stage.api);
      await once(stage);
    },
  },
  {
    name: "axios-retry gives up after three times",
    asks: [...BASICS, "resends"],
    simulator: { script: { rules: [{ action: { kind: "html", status: 502 } }] } },
    before: ({ api }) => retryFailed(api),
    run: once,
  },
];

const INTERCEPTORS: readonly Scenario[] = [
  {
    name: "A response interceptor before the tool's gives back only the data",
    asks: BASICS,
    before: ({ api }) => void api.interceptors.response.use((response) => response.data),
    run: once,
  },
  {
    name: "A response interceptor after the tool's gives back only the data",
    asks: BASICS,
    run: (stage) => {
      stage.api.interceptors.response.use((response) => response.data);
      return once(stage);
    },
  },
  {
    name: "A request interceptor throws: nothing is sent",
    asks: ["requests"],
    before: ({ api }) =>
      void api.interceptors.request.use(() => {
        throw new Error("not today");
      }),
    run: once,
    views: () => [[], [{ failed: true }]],
  },
  {
    name: "Request interceptors copy the configuration",
    asks: BASICS,
    before: ({ api }) => void api.interceptors.request.use((config) => ({ ...config })),
    run: (stage) => {
      stage.api.interceptors.request.use((config) => ({ ...config }));
      return once(stage);
    },
  },
  {
    name: "A response interceptor turns failures into values",
    asks: BASICS,
    simulator: { script: { rules: [{ action: { kind: "reset" } }] } },
    before: ({ api }) => void api.interceptors.response.use(undefined, () => ({ failed: true })),
    run: once,
  },
];

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
    name: "A cached answer is no request",
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
    name: "An adapter of the user answers without the network",
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
    const answer = await fetch(`${url}/__simulator/ledger`);
    const { inFlight } = (await answer.json()) as { inFlight: number };
    if (inFlight === requests) return;
  }
  throw new Error(`expected ${requests} requests to arrive`);
}

/** The many ways in which axios is used. */
export const CALLER_SCENARIOS: readonly Scenario[] = [...RETRIES, ...INTERCEPTORS, ...WAYS, ...SHARING];
