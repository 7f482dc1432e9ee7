import type { AxiosInstance } from "axios";
import type { Facet } from "../facets.ts";
import type { Scenario, Stage } from "../scenario.ts";

const BASICS: readonly Facet[] = ["requests", "status", "failed"];

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
    asks: [...BASICS, "retries"],
    simulator: failTwice,
    before: ({ api }) => retryFailed(api),
    run: once,
  },
  {
    name: "axios-retry, put on after the tool, sends three times",
    asks: [...BASICS, "retries"],
    simulator: failTwice,
    run: async (stage) => {
      await retryFailed(stage.api);
      await once(stage);
    },
  },
  {
    name: "axios-retry gives up after three times",
    asks: [...BASICS, "retries"],
    simulator: { script: { rules: [{ action: { kind: "html", status: 502 } }] } },
    before: ({ api }) => retryFailed(api),
    run: once,
  },
];

const INTERCEPTORS: readonly Scenario[] = [
  {
    name: "A response interceptor before the tool's returns only the data",
    asks: BASICS,
    before: ({ api }) => void api.interceptors.response.use((response) => response.data),
    run: once,
  },
  {
    name: "A response interceptor after the tool's returns only the data",
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

/** What else may stand between a call and its request. */
export const INTERCEPTOR_SCENARIOS: readonly Scenario[] = [...RETRIES, ...INTERCEPTORS];
