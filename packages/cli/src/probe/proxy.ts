/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const PROXY_VARIABLES = [
  "https_proxy",
  "HTTPS_PROXY",
  "http_proxy",
  "HTTP_PROXY",
  "all_proxy",
  "ALL_PROXY",
] as const;

const readFirst = (env: Environment, names: readonly string[]): string | undefined =>
  names.map((name) => env[name]).find((value) => value !== undefined && value !== "");

function matchesRule(rule: string, hostname: string, port: string): boolean {
  if (rule === "*") return true;
  const [, pattern = "", rulePort] = /^(.*?)(?::(\d+))?$/.exec(rule) ?? [];
  if (rulePort !== undefined && rulePort !== port) return false;
  const suffix = pattern.replace(/^\*/, "");
  return suffix.startsWith(".") ? hostname.endsWith(suffix) : hostname === suffix;
}

function isExcluded(url: URL, env: Environment): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const rules = (readFirst(env, ["no_proxy", "NO_PROXY"]) ?? "")
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  return rules.some((rule) => matchesRule(rule, url.hostname, port));
}

/**
 * The proxy that axios and curl would use for a URL, by the customary variables: the one for the scheme, else
 * `ALL_PROXY`, lower case first, unless `NO_PROXY` names the host.
 *
 * @returns `undefined` for a direct connection.
 * @throws an error with the code `invalid_request` when the variable holds no URL.
 */
export function proxyFor(url: URL, env: Environment): URL | undefined {
  if (isExcluded(url, env)) return undefined;
  const name = `${url.protocol.slice(0, -1)}_proxy`;
  const setting = readFirst(env, [name, name.toUpperCase(), "all_proxy", "ALL_PROXY"]);
  if (setting === undefined) return undefined;
  const proxy = parseProxy(setting);
  if (proxy) return proxy;
  throw Object.assign(new Error("the proxy variable holds no URL"), { code: "invalid_request" });
}

function parseProxy(setting: string): URL | undefined {
  try {
    return new URL(setting.includes("://") ? setting : `http://${setting}`);
  } catch {
    return undefined;
  }
}

/** A proxy for a report: scheme, host and port, never the credentials. */
export const describeProxy = ({ protocol, host }: URL): string => `${protocol}//${host}`;

/** The variables that name a proxy, each with what it names or `undefined` when that is not a URL; for a report. */
export function listProxySettings(env: Environment): ReadonlyMap<string, URL | undefined> {
  const set = PROXY_VARIABLES.filter((name) => env[name]);
  return new Map(set.map((name) => [name, parseProxy(env[name] ?? "")]));
}
