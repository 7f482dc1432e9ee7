import { intercomRetry } from "@intercom-telemetry/axios/retry";
import { hashSecret } from "@intercom-telemetry/exporter";
import fc from "fast-check";
import { Registry } from "prom-client";
import { resolveConfig } from "../../../packages/dashboards/src/config/resolve-config.ts";
import {
  resolveHandlerOptions,
  resolveServeOptions,
} from "../../../packages/exporter/src/metrics/resolve-options.ts";
import { resolveOptions as resolvePreview } from "../../../packages/preview/src/options.ts";
import { resolveOptions as resolveSimulator } from "../../../packages/simulator/src/options.ts";
import { anything } from "../arbitraries/values.ts";
import { URLS } from "../corpus.ts";
import { findSecret } from "../secrets.ts";
import type { Target } from "./target.ts";

/** One function that takes a user's settings. */
interface Taker {
  readonly name: string;
  /** What its messages begin with. */
  readonly names: RegExp;
  /** Settings that are right, or nearly; anything else comes by itself. */
  readonly right: Readonly<Record<string, readonly unknown[]>>;
  readonly take: (settings: never) => unknown;
}

const registry = new Registry();
const auth = { scheme: "bearer", tokenHash: await hashSecret("secret") };
const handler = { timeoutSeconds: [1, 0, 3600, 3601], onError: [() => undefined] };

/** A key, or a place below one. */
const NAMES = /^(?:\w+|\(a key of \d+ characters\))[\w.[\]() -]*: /;

const TAKERS: readonly Taker[] = [
  {
    name: "intercomRetry",
    names: /^(?:options|retries|deadline|replay|hosts|quota|window|backoff|longest)/,
    right: {
      retries: [0, 4, 20, 21],
      deadlineSeconds: [60, 0],
      replayUnknownWrites: [true],
      hosts: [[], ["proxy:8080"], ...URLS.map((url) => [url])],
      quotaShare: [1, 0.25, 0, 2],
      windowSeconds: [10],
      backoffSeconds: [0.5],
      longestBackoffSeconds: [20],
    },
    take: (settings) => intercomRetry(settings),
  },
  {
    name: "serveMetrics",
    names: NAMES,
    right: {
      registry: [registry],
      host: ["127.0.0.1", "0.0.0.0", "::1", ""],
      port: [0, 9464, 65_536],
      path: ["/metrics", "/healthz", "metrics"],
      insecure: [true, false],
      tls: [{ cert: "x", key: "y" }, {}],
      auth: [auth, { scheme: "basic" }, { scheme: "bearer", tokenHash: "x" }],
      ...handler,
    },
    take: (settings) => resolveServeOptions(settings),
  },
  {
    name: "metricsHandler",
    names: NAMES,
    right: handler,
    take: (settings) => resolveHandlerOptions(registry, settings),
  },
  {
    name: "dashboards",
    names: NAMES,
    right: {
      selector: [{ env: "prod" }, 'env="prod"'],
      groupLabels: [["env"], ["env", "env"]],
      windowSeconds: [10, 0],
      slo: [{}, { windowDays: 28 }, { objective: 2 }],
      thresholds: [{}, { nothing: 1 }],
      alerts: [{}, { disabled: ["x"] }],
      runbookBaseUrl: ["https://runbooks.example/"],
      dashboards: [{}, { overview: {} }],
      tags: [["intercom"], []],
      refresh: ["1m", "soon"],
      timezone: ["utc"],
      kubernetes: [{ namespace: "a" }, { ruleLabels: { a: "b" } }, { ruleLabels: { a: 1 } }],
    },
    take: (settings) => resolveConfig(settings),
  },
  {
    name: "simulator",
    names: NAMES,
    right: {
      host: ["127.0.0.1", "0.0.0.0"],
      apps: [[{ name: "a", token: "t" }], [{}], [null]],
      seed: [1, -1],
      latency: [
        { minSeconds: 0, maxSeconds: 1 },
        { minSeconds: 2, maxSeconds: 1 },
      ],
      script: [{ rules: [] }, { rules: [{ action: { kind: "hang" } }] }, { rules: [{ action: {} }] }],
    },
    take: (settings) => resolveSimulator(settings),
  },
  {
    name: "preview",
    names: NAMES,
    right: {
      prometheusUrl: ["http://127.0.0.1:9090", ...URLS],
      port: [0, -1],
      dashboards: [[], [{ uid: "a" }]],
    },
    take: (settings) => resolvePreview(settings),
  },
];

/** Settings for one taker: of each key what is right, or anything; now and then a key that it does not know. */
function settingsOf({ right }: Taker): fc.Arbitrary<unknown> {
  const keys = Object.entries(right).map(([key, values]) => [
    key,
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: anything }),
  ]);
  const known = fc.record(Object.fromEntries(keys), { requiredKeys: [] });
  const withUnknown = fc
    .tuple(known, anything)
    .map(([settings, value]) => ({ ...settings, unheardOf: value }));
  return fc.oneof(
    { weight: 8, arbitrary: known },
    { weight: 1, arbitrary: withUnknown },
    { weight: 1, arbitrary: anything.filter((value) => value !== undefined) },
  );
}

function attempt({ names, take }: Taker, settings: unknown): void {
  try {
    take(settings as never);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    if (!names.test(error.message)) throw new Error(`it does not name the setting: ${error.message}`);
    const secret = findSecret(error.message);
    if (secret !== undefined) throw new Error(`the message holds the secret "${secret}": ${error.message}`);
  }
}

/** Every function that takes settings accepts them or names what is wrong, and repeats nothing that may be a secret. */
export const settingsTarget: Target = {
  name: "settings",
  weight: 1,
  async run(parameters) {
    const drawn = fc.oneof(
      ...TAKERS.map((taker) => settingsOf(taker).map((settings) => ({ of: taker.name, settings }))),
    );
    const property = fc.property(drawn, ({ of, settings }) => {
      const taker = TAKERS.find(({ name }) => name === of);
      if (taker) attempt(taker, settings);
    });
    await fc.assert(property, parameters);
  },
};
