import {
  boolean,
  check,
  distinct,
  filledString,
  integer,
  list,
  number,
  object,
  oneOf,
  optional,
  refine,
  refuse,
  type Shape,
  satisfies,
  secret,
  string,
  withDefault,
} from "@intercom-telemetry/guards/shape";
import type { FaultScript } from "./script/fault-script.ts";
import { SCRIPT } from "./script/script-shape.ts";

/** One app installed in a separate workspace: a token, a quota, and what it may do. */
export interface SimulatedApp {
  /** Name in the ledger and in rules; never the token. */
  readonly name: string;
  /** Accepted as bearer token and as user name of Basic auth. */
  readonly token: string;
  /** Requests allowed in one window. Default 1667: Intercom's 10,000 a minute, cut into windows of 10 s. */
  readonly limitPerWindow?: number;
  /** Start with the token revoked. Default false. */
  readonly revoked?: boolean;
  /** Scopes the app does not have, e.g. `write_users`; operations that need them respond with 403 `forbidden`. */
  readonly missingScopes?: readonly string[];
  /** URL templates outside the plan, e.g. `/companies/search`: they respond with 403 `api_plan_restricted`. */
  readonly planRestricted?: readonly string[];
  /** Region named by `GET /me`. Default `us`. */
  readonly region?: "us" | "eu" | "au";
}

/** Range of added delay before each response. */
export interface LatencyRange {
  readonly minSeconds: number;
  readonly maxSeconds: number;
}

/** Options of {@link startSimulator}. */
export interface SimulatorOptions {
  /** A loopback address: `127.0.0.1` (default), another `127.x.y.z`, `::1` or `localhost`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default: one app `{ name: "demo", token: "demo-token", limitPerWindow: 1667 }`. */
  readonly apps?: readonly SimulatedApp[];
  /** Length of a rate-limit window. Default 10, as Intercom's; fractions make tests quick. */
  readonly windowSeconds?: number;
  /** How long a write stays invisible to searches. Default 0.5. */
  readonly indexLagSeconds?: number;
  /** How long an unused companies scroll stays open. Default 60, as Intercom's. */
  readonly scrollLifeSeconds?: number;
  /** How long an export job takes. Default 10. */
  readonly exportSeconds?: number;
  /** Added to each response, drawn from the seed. Default none. */
  readonly latency?: LatencyRange;
  /** Decides ids, latency and probabilities. The same requests in the same order get the same responses. Default 1. */
  readonly seed?: number;
  /** Faults from the start; `setScript` replaces them later. Default none. */
  readonly script?: FaultScript;
  /** Shifts `Date` and `X-RateLimit-Reset`, to rehearse a clock that is wrong. Default 0. */
  readonly clockSkewSeconds?: number;
  /** Serve HTTPS with this key and certificate, both PEM. Default plain HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** Entries the ledger keeps; older ones are dropped and counted. Default 100,000. */
  readonly ledgerLimit?: number;
  /** Milliseconds since the epoch, instead of the wall clock, for windows, state and `Date`. */
  readonly epochMilliseconds?: () => number;
}

type ResolvedApp = Required<SimulatedApp>;

/** Options with every default filled in. */
export type ResolvedOptions = Required<Omit<SimulatorOptions, "tls" | "apps">> &
  Pick<SimulatorOptions, "tls"> & { readonly apps: readonly ResolvedApp[] };

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

const APP = object<ResolvedApp>({
  name: filledString,
  token: secret(),
  limitPerWindow: withDefault(integer(1, 1e9), 1667),
  revoked: withDefault(boolean, false),
  missingScopes: withDefault(list(filledString), []),
  planRestricted: withDefault(list(filledString), []),
  region: withDefault(oneOf(["us", "eu", "au"] as const), "us"),
});

const APPS: Shape<readonly ResolvedApp[]> = distinct(
  distinct(list(APP, 1), (app) => app.name, ["name"]),
  (app) => app.token,
  ["token"],
);

const DEMO_APPS: Shape<readonly ResolvedApp[]> = (value, path, report) =>
  APPS(value === undefined ? [{ name: "demo", token: "demo-token" }] : value, path, report);

const DELAY = number(0, 3600);

const LATENCY: Shape<LatencyRange> = refine(
  object<LatencyRange>({ minSeconds: DELAY, maxSeconds: DELAY }),
  ({ minSeconds, maxSeconds }, path, report) => {
    if (maxSeconds < minSeconds)
      refuse(report, [...path, "maxSeconds"], `a number from ${minSeconds}`, maxSeconds);
  },
);

const OPTIONS: Shape<ResolvedOptions> = object<ResolvedOptions>({
  host: withDefault(string("a loopback address (127.0.0.1, ::1, localhost)", LOOPBACK), "127.0.0.1"),
  port: withDefault(integer(0, 65_535), 0),
  apps: DEMO_APPS,
  windowSeconds: withDefault(number(0.01, 86_400), 10),
  indexLagSeconds: withDefault(DELAY, 0.5),
  scrollLifeSeconds: withDefault(DELAY, 60),
  exportSeconds: withDefault(DELAY, 10),
  latency: withDefault(LATENCY, { minSeconds: 0, maxSeconds: 0 }),
  seed: withDefault(integer(0, 2 ** 32 - 1), 1),
  script: withDefault(SCRIPT, { rules: [] }),
  clockSkewSeconds: withDefault(number(-1e9, 1e9), 0),
  tls: optional(
    object<{ readonly key: string; readonly cert: string }>({ key: secret(), cert: filledString }),
  ),
  ledgerLimit: withDefault(integer(1, 10_000_000), 100_000),
  epochMilliseconds: withDefault(
    satisfies<() => number>("a function", (value) => typeof value === "function"),
    // Looked up at each call: a test may have replaced the clock after this module was loaded.
    () => Date.now(),
  ),
});

/** Where a server with these options is found. */
export function originOf({ host, tls }: Pick<ResolvedOptions, "host" | "tls">, port: number): string {
  return `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError naming the option, what was expected and what came.
 */
export function resolveOptions(options: SimulatorOptions = {}): ResolvedOptions {
  return check(OPTIONS, options, "options");
}
