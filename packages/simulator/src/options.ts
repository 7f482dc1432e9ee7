import {
  type Check,
  filledText,
  flag,
  integer,
  number,
  oneOf,
  optional,
  refuse,
  secretText,
} from "./checks/check.ts";
import { list, object } from "./checks/check-object.ts";
import { checkScript } from "./script/check-script.ts";
import type { FaultScript } from "./script/fault-script.ts";

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
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Entries the ledger keeps; older ones are dropped and counted. Default 100,000. */
  readonly ledgerLimit?: number;
  /** Milliseconds since the epoch, instead of the wall clock, for windows, state and `Date`. */
  readonly epochMilliseconds?: () => number;
}

/** Options with every default filled in. */
export type ResolvedOptions = Required<Omit<SimulatorOptions, "tls" | "apps">> &
  Pick<SimulatorOptions, "tls"> & { readonly apps: readonly Required<SimulatedApp>[] };

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

const loopbackHost: Check<string> = (value, position) =>
  typeof value === "string" && LOOPBACK.test(value)
    ? value
    : refuse(position, "a loopback address (127.0.0.1, ::1, localhost)", value);

const clock: Check<() => number> = (value, position) =>
  typeof value === "function" ? (value as () => number) : refuse(position, "a function", value);

const app = object<SimulatedApp>({
  name: filledText,
  token: secretText,
  limitPerWindow: optional(integer(1, 1e9)),
  revoked: optional(flag),
  missingScopes: optional(list(filledText)),
  planRestricted: optional(list(filledText)),
  region: optional(oneOf(["us", "eu", "au"] as const)),
});

const delay = number(0, 3600);

const checkOptions = object<SimulatorOptions>({
  host: optional(loopbackHost),
  port: optional(integer(0, 65_535)),
  apps: optional(list(app, 1)),
  windowSeconds: optional(number(0.01, 86_400)),
  indexLagSeconds: optional(delay),
  scrollLifeSeconds: optional(delay),
  exportSeconds: optional(delay),
  latency: optional(object<LatencyRange>({ minSeconds: delay, maxSeconds: delay })),
  seed: optional(integer(0, 2 ** 32 - 1)),
  script: optional(checkScript),
  clockSkewSeconds: optional(number(-1e9, 1e9)),
  tls: optional(object({ key: secretText, cert: filledText })),
  ledgerLimit: optional(integer(1, 10_000_000)),
  epochMilliseconds: optional(clock),
});

function rejectDuplicates(apps: readonly SimulatedApp[]): void {
  for (const key of ["name", "token"] as const) {
    const values = apps.map((each) => each[key]);
    const twin = values.findIndex((value, index) => values.indexOf(value) < index);
    if (twin >= 0)
      throw new TypeError(`options.apps[${twin}].${key}: expected to differ from the other apps'`);
  }
}

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
  const given = checkOptions(options, "options");
  const latency = given.latency ?? { minSeconds: 0, maxSeconds: 0 };
  if (latency.maxSeconds < latency.minSeconds) {
    refuse("options.latency.maxSeconds", `a number from ${latency.minSeconds}`, latency.maxSeconds);
  }
  const apps = given.apps ?? [{ name: "demo", token: "demo-token" }];
  rejectDuplicates(apps);
  return {
    host: "127.0.0.1",
    port: 0,
    windowSeconds: 10,
    indexLagSeconds: 0.5,
    scrollLifeSeconds: 60,
    exportSeconds: 10,
    seed: 1,
    script: { rules: [] },
    clockSkewSeconds: 0,
    ledgerLimit: 100_000,
    epochMilliseconds: Date.now,
    ...given,
    latency,
    apps: apps.map((each) => ({
      limitPerWindow: 1667,
      revoked: false,
      missingScopes: [],
      planRestricted: [],
      region: "us",
      ...each,
    })),
  };
}
