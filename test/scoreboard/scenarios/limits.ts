import { context, trace } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import type { Scenario, Stage } from "../scenario.ts";

const UNKNOWABLE = "which part of a URL is personal only Intercom's documentation tells";
const forAll = (reason: string): NonNullable<Scenario["beyond"]> => ({
  "instrumentation-http": reason,
  "axios-prometheus-adapter": reason,
  both: reason,
  "prometheus-api-metrics": reason,
});

const PRIVACY: readonly Scenario[] = [
  {
    name: "The token stays out of all records",
    asks: ["privacy"],
    planted: ["demo-token"],
    run: ({ api, call }) => call(() => api.get("/me")),
  },
  {
    name: "A password of Basic authentication stays out of all records",
    asks: ["privacy"],
    planted: ["swordfish"],
    run: ({ api, call, url }) => call(() => api.get(`${url.replace("//", "//demo-token:swordfish@")}/me`)),
  },
  {
    name: "An e-mail address in the query stays out of all records",
    asks: ["privacy"],
    planted: ["jane@", "jane%40"],
    run: ({ api, call }) => call(() => api.get("/contacts", { params: { email: "jane@example.com" } })),
    beyond: forAll(UNKNOWABLE),
  },
  {
    name: "An e-mail address in the path stays out of all records",
    asks: ["privacy"],
    planted: ["jane@", "jane%40"],
    run: ({ api, call }) => call(() => api.get("/contacts/find_by_external_id/jane%40example.com")),
    beyond: forAll(UNKNOWABLE),
  },
  {
    name: "A message of the server stays out of all records",
    asks: ["privacy"],
    planted: ["jane@example.com"],
    simulator: {
      script: {
        rules: [
          {
            action: { kind: "error_list", status: 409, code: "conflict", message: "jane@example.com exists" },
          },
        ],
      },
    },
    run: ({ api, call }) => call(() => api.get("/me")),
  },
];

const many = (
  name: string,
  urlOf: (index: number) => string,
  simulator?: Scenario["simulator"],
): Scenario => ({
  name,
  asks: ["series"],
  mostSeries: 120,
  ...(simulator ? { simulator } : {}),
  run: async ({ api, call }) => {
    for (let index = 0; index < 60; index += 1) {
      await call(() => api.get(urlOf(index), { validateStatus: null }));
    }
  },
});

const SERIES: readonly Scenario[] = [
  many("Sixty ids add no series", (index) => `/contacts/${index}`),
  many("Sixty paths that do not exist add no series", (index) => `/no-such-path-${index}`),
  many("Sixty codes that do not exist add no series", () => "/me", {
    script: {
      rules: Array.from({ length: 60 }, (_, index) => ({
        times: 1,
        action: { kind: "error_list", status: 400, code: `code_${index}`, retryable: false } as const,
      })),
    },
  }),
];

/** Runs inside a span of the caller with this name. */
async function inSpan<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const span = trace.getTracer("caller").startSpan(name);
  return context.with(trace.setSpan(context.active(), span), work).finally(() => span.end());
}

const read = ({ api, call }: Stage) => call(() => api.get("/me"));
const search = ({ api, call }: Stage) => call(() => api.post("/contacts/search", { query: {} }));

const TRACING: readonly Scenario[] = [
  {
    name: "Spans are children of the caller's span, also when calls overlap",
    asks: ["parent"],
    simulator: { latency: { minSeconds: 0.05, maxSeconds: 0.05 } },
    run: (stage) =>
      Promise.allSettled([inSpan("first", () => read(stage)), inSpan("second", () => search(stage))]),
    views: () => [
      [
        { method: "GET", parent: "first", failed: false },
        { method: "POST", parent: "second", failed: false },
      ],
    ],
  },
  {
    name: "Where the caller has switched tracing off, there is no span",
    asks: ["silent"],
    run: (stage) => context.with(suppressTracing(context.active()), () => read(stage)),
    views: () => [[]],
  },
  {
    name: "The trace is sampled out: metrics still count",
    asks: ["requests", "status"],
    tracing: "sampledOut",
    run: read,
  },
  {
    name: "No OpenTelemetry SDK is registered: metrics still count",
    asks: ["requests", "status"],
    tracing: "none",
    run: read,
  },
  {
    name: "A traceparent of the caller arrives as it is",
    asks: [],
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    run: ({ api, call }) =>
      call(() =>
        api.get("/me", {
          headers: { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
        }),
      ),
  },
];

/** What must stay out, stay small, and stay in its place. */
export const LIMIT_SCENARIOS: readonly Scenario[] = [...PRIVACY, ...SERIES, ...TRACING];
