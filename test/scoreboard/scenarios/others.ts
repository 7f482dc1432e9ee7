import { createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AxiosStatic, CreateAxiosDefaults } from "axios";
import type { RecordedRequest } from "../book.ts";
import type { Facet } from "../facets.ts";
import type { Scenario, Stage } from "../scenario.ts";

const FAILURES: readonly Facet[] = ["requests", "failed", "code"];
type Views = NonNullable<Scenario["views"]>;

/** Fails before anything is on the wire: one failed request that no retry can help, or none at all. */
const UNSENT: Views = () => [[{ failed: true, code: "invalid_request", retryable: false }], []];

const HOP: RecordedRequest = { method: "GET", status: 302, failed: false };

/** The hop to Intercom alone, hop by hop, or the one request that axios was asked for, in one of these ways. */
const redirected =
  (...ways: readonly RecordedRequest[]): Views =>
  () => [[HOP], ...ways.flatMap((last) => [[last], [HOP, last]])];

const RECORDING = "/calls/5/recording";
const redirect = { match: { path: RECORDING }, action: { kind: "redirect", to: "storage" } } as const;

/** For a tool whose records are told apart by the host that they name. */
const NAMES_LAST_HOST = { "axios-prometheus-adapter": "it names the host that responded last" };

const REDIRECTED: readonly Scenario[] = [
  {
    name: "After a redirect, another host refuses: no code of Intercom's",
    asks: ["requests", "status", "failed", "code"],
    simulator: {
      script: {
        rules: [{ match: { host: "storage" }, action: { kind: "xml", status: 403 } }, redirect],
      },
    },
    run: ({ api, call }) => call(() => api.get(RECORDING)),
    // A span has no code of Intercom's; a label says that it was not Intercom.
    views: redirected(
      { method: "GET", status: 403, failed: true },
      { method: "GET", status: 403, failed: true, code: "not_intercom", retryable: false },
    ),
    beyond: NAMES_LAST_HOST,
  },
  {
    name: "After a redirect, another host responds: it owes no rate limit",
    asks: ["requests", "status", "failed", "quotaUnknown"],
    simulator: { script: { rules: [redirect] } },
    run: ({ api, call }) => call(() => api.get(RECORDING)),
    views: redirected({ method: "GET", status: 200, failed: false }),
    beyond: NAMES_LAST_HOST,
  },
];

/** The user's own throw, instead of a request or on its way. */
const thrown = (): never => {
  throw new Error("of the program");
};

const post =
  (body: () => unknown) =>
  ({ api, call }: Stage) =>
    call(() => api.post("/contacts", body()));

const OWN_FAULTS: readonly Scenario[] = [
  {
    name: "The program fails after a response: the request did not",
    asks: ["requests", "status", "failed"],
    run: ({ api, call }) =>
      call(async () => {
        await api.get("/me");
        throw new TypeError("of the program");
      }),
  },
  {
    name: "The body is a file that is not there",
    asks: FAILURES,
    run: post(() => createReadStream(join(tmpdir(), "scoreboard-no-such-file"))),
    views: UNSENT,
  },
  {
    name: "The body is a folder",
    asks: FAILURES,
    run: post(() => createReadStream(tmpdir())),
    views: UNSENT,
  },
  {
    name: "The caller's lookup throws",
    asks: FAILURES,
    simulator: { host: "localhost" },
    run: ({ api, call }) => call(() => api.get("/me", { lookup: thrown })),
    views: UNSENT,
  },
  {
    name: "The caller's agent throws",
    asks: FAILURES,
    run: async ({ api, call }) => {
      const { Agent } = await import("node:http");
      class BrokenAgent extends Agent {
        addRequest = thrown;
      }
      await call(() => api.get("/me", { httpAgent: new BrokenAgent() }));
    },
    views: UNSENT,
  },
  {
    name: "The caller's beforeRedirect throws",
    asks: ["requests", "failed"],
    simulator: { script: { rules: [{ action: { kind: "redirect", to: "/admins" } }] } },
    run: ({ api, call }) => call(() => api.get("/me", { beforeRedirect: thrown })),
    // The first hop was responded to; the call failed.
    views: () => [[{ failed: true }], [{ failed: false }]],
  },
  {
    name: "The URL is an object, beside a base URL",
    asks: FAILURES,
    run: ({ api, call, url }) => call(() => api.request({ url: new URL("/me", url) as never })),
    views: UNSENT,
  },
];

/** An instance of axios 1.6, whose errors of this kind have neither code nor response. */
async function createOlder(_newest: AxiosStatic, config: CreateAxiosDefaults): Promise<Stage["api"]> {
  const { default: axios } = (await import("axios-1.6")) as unknown as { default: AxiosStatic };
  return axios.create(config);
}

async function retryAsIntercom({ api, url }: Stage): Promise<void> {
  const { default: axiosRetry } = await import("axios-retry");
  const { intercomRetry } = await import("@intercom-telemetry/axios/retry");
  axiosRetry(api, intercomRetry({ hosts: [url], backoffSeconds: 0.001, deadlineSeconds: 300 }));
}

const RETRIED: readonly Scenario[] = [
  {
    name: "A parameter is not a date, in axios 1.6 with intercomRetry: nothing is sent, nothing is retried",
    asks: FAILURES,
    create: createOlder,
    run: async (stage) => {
      await retryAsIntercom(stage);
      const params = { since: new Date(Number.NaN) };
      await stage.call(() => stage.api.get("/contacts", { params }));
    },
    views: UNSENT,
  },
  {
    name: "axios 1.6 refuses the body of a 200, with intercomRetry: one request, and it succeeded",
    asks: ["requests", "status", "failed", "retries"],
    create: createOlder,
    simulator: { script: { rules: [{ action: { kind: "html", status: 200 } }] } },
    run: async (stage) => {
      await retryAsIntercom(stage);
      const transitional = { silentJSONParsing: false, forcedJSONParsing: true };
      await stage.call(() => stage.api.get("/me", { responseType: "json", transitional }));
    },
    views: () => [[{ status: 200, failed: false }]],
  },
  {
    name: "A stream met a 429, with intercomRetry: it is sent once",
    asks: ["requests", "status", "failed", "retries"],
    simulator: { script: { rules: [{ times: 1, action: { kind: "rate_limited", by: "overload" } }] } },
    run: async (stage) => {
      const { Readable } = await import("node:stream");
      await retryAsIntercom(stage);
      await post(() => Readable.from([Buffer.alloc(4000, "a")]))(stage);
    },
    views: () => [[{ status: 429, failed: true }]],
  },
  {
    name: "The wait for a page would outlive its scroll, with intercomRetry: it is not made",
    asks: ["requests", "status", "failed", "retries"],
    simulator: {
      script: { rules: [{ skip: 1, action: { kind: "rate_limited", by: "window", retryAfter: 70 } }] },
    },
    run: async (stage) => {
      await retryAsIntercom(stage);
      const { data } = await stage.call(() => stage.api.get("/companies/scroll"));
      const params = { scroll_param: data.scroll_param };
      await stage.call(() => stage.api.get("/companies/scroll", { params }));
    },
    views: () => [
      [
        { status: 200, failed: false },
        { status: 429, failed: true },
      ],
    ],
  },
];

/** Failures that never were Intercom's, and retries that must not be made. */
export const OTHERS_SCENARIOS: readonly Scenario[] = [...REDIRECTED, ...OWN_FAULTS, ...RETRIED];
