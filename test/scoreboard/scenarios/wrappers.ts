import { setTimeout as sleep } from "node:timers/promises";
import type { AxiosAdapter, AxiosResponse, AxiosStatic } from "axios";
import type { Facet } from "../facets.ts";
import type { Scenario, Stage } from "../scenario.ts";
import { NO_UNDICI } from "./no-undici.ts";

const BASICS: readonly Facet[] = ["requests", "status", "failed"];
const QUEUE_MILLISECONDS = 500;

const once = ({ api, call }: Stage) => call(() => api.get("/me"));

async function times(stage: Stage, calls: number): Promise<void> {
  for (let made = 0; made < calls; made += 1) await once(stage);
}

/** The user puts an adapter around whatever the instance has, once the tool is there. */
function wrap(
  { axios, api }: Stage,
  wrapper: (base: AxiosAdapter, axios: AxiosStatic) => AxiosAdapter,
): void {
  api.defaults.adapter = wrapper(axios.getAdapter(api.defaults.adapter), axios);
}

const retryInside =
  (base: AxiosAdapter): AxiosAdapter =>
  async (config) => {
    for (let retries = 0; ; retries += 1) {
      try {
        return await base(config);
      } catch (error) {
        if (retries === 2) throw error;
      }
    }
  };

function cacheInside(base: AxiosAdapter): AxiosAdapter {
  let known: AxiosResponse | undefined;
  return async (config) => {
    known ??= await base(config);
    return { ...known, config };
  };
}

const OWN_ADAPTERS: readonly Scenario[] = [
  {
    name: "An adapter around the tool's retries twice",
    asks: [...BASICS, "retries"],
    simulator: { script: { rules: [{ action: { kind: "rate_limited", by: "window" } }] } },
    run: (stage) => {
      wrap(stage, retryInside);
      return once(stage);
    },
  },
  {
    name: "An adapter around the tool's caches: ten calls, one request",
    asks: BASICS,
    run: (stage) => {
      wrap(stage, cacheInside);
      return times(stage, 10);
    },
  },
  {
    name: "An adapter around the tool's queues for 0.5 s: only the wire takes time",
    asks: ["requests", "status", "seconds"],
    run: (stage) => {
      wrap(stage, (base) => async (config) => {
        await sleep(QUEUE_MILLISECONDS);
        return base(config);
      });
      return once(stage);
    },
  },
  {
    name: "An adapter around the tool's hands on a copy without the adapter",
    asks: BASICS,
    run: (stage) => {
      wrap(stage, (base) => (config) => {
        const { adapter: _, ...copy } = config;
        return base(copy);
      });
      return times(stage, 2);
    },
  },
];

const LIBRARIES: readonly Scenario[] = [
  {
    name: "axios-mock-adapter lets through what it has no response for",
    asks: BASICS,
    run: async (stage) => {
      const { default: MockAdapter } = await import("axios-mock-adapter");
      new MockAdapter(stage.api as never, { onNoMatch: "passthrough" });
      await times(stage, 2);
    },
  },
  {
    name: "axios-mock-adapter is told to let a path through",
    asks: BASICS,
    run: async (stage) => {
      const { default: MockAdapter } = await import("axios-mock-adapter");
      new MockAdapter(stage.api as never).onGet("/me").passThrough();
      await times(stage, 2);
    },
  },
  {
    name: "axios-extensions retries: 503, 503, 200",
    asks: [...BASICS, "retries"],
    simulator: {
      script: {
        rules: [{ times: 2, action: { kind: "error_list", status: 503, code: "service_unavailable" } }],
      },
    },
    run: async (stage) => {
      const { retryAdapterEnhancer } = await import("axios-extensions");
      wrap(stage, (base) => retryAdapterEnhancer(base, { times: 2 }));
      await once(stage);
    },
  },
  {
    name: "axios-extensions caches: five calls, one request",
    asks: BASICS,
    run: async (stage) => {
      const { cacheAdapterEnhancer } = await import("axios-extensions");
      wrap(stage, (base) => cacheAdapterEnhancer(base));
      await times(stage, 5);
    },
  },
  {
    name: "axios-retry refuses a 200 and sends the request again",
    asks: [...BASICS, "retries"],
    run: async (stage) => {
      const { default: axiosRetry } = await import("axios-retry");
      let seen = 0;
      axiosRetry(stage.api, {
        retries: 2,
        retryDelay: () => 1,
        retryCondition: () => true,
        validateResponse: () => ++seen > 1,
      });
      await once(stage);
    },
  },
];

/** It registers its histogram each time, which a registry refuses. */
const ONCE = "axios-prometheus-adapter can be put on once in a process";

const CHANGED: readonly Scenario[] = [
  {
    name: "A request interceptor from before the tool chooses the fetch adapter",
    asks: BASICS,
    before: ({ api }) =>
      void api.interceptors.request.use((config) => {
        config.adapter = "fetch";
        return config;
      }),
    run: (stage) => times(stage, 3),
    beyond: { "instrumentation-http": NO_UNDICI },
  },
  {
    name: "Interceptors are cleared, the adapter is replaced, and the tool is put on again",
    asks: BASICS,
    run: async (stage) => {
      stage.api.interceptors.request.clear();
      stage.api.defaults.adapter = "http";
      stage.attach();
      await times(stage, 2);
    },
    notFor: { "axios-prometheus-adapter": ONCE, both: ONCE },
  },
  {
    name: "The instance is made by a class that extends Axios",
    asks: BASICS,
    create: (axios, config) => {
      class Api extends axios.Axios {}
      return new Api({ ...axios.defaults, ...config } as never) as Stage["api"];
    },
    run: (stage) => times(stage, 2),
  },
];

/** What stands around a tool's adapter: the wire is measured, not the outermost adapter. */
export const WRAPPER_SCENARIOS: readonly Scenario[] = [...OWN_ADAPTERS, ...LIBRARIES, ...CHANGED];
