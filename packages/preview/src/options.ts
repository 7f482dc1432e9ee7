import type { GrafanaDashboard } from "@intercom-telemetry/dashboards";
import { buildDashboards } from "@intercom-telemetry/dashboards";

/** Options of `startPreview`. */
export interface PreviewOptions {
  /** Address of the Prometheus that the dashboards ask, e.g. `http://127.0.0.1:9090`. */
  readonly prometheusUrl: string;
  /** Port on 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
  /** The dashboards, as Grafana would load them. Default: those that the dashboards package ships. */
  readonly dashboards?: readonly GrafanaDashboard[];
}

/** Options with every default filled in. */
export type ResolvedOptions = Required<PreviewOptions>;

const KEYS: readonly string[] = ["prometheusUrl", "port", "dashboards"] satisfies (keyof PreviewOptions)[];

function show(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return `a ${typeof value} that is not JSON`;
  }
}

function refuse(name: string, expected: string, value: unknown): never {
  throw new TypeError(`preview option "${name}" must be ${expected}, but is ${show(value)}`);
}

function checkPrometheusUrl(value: unknown): string {
  const expected = 'an address such as "http://127.0.0.1:9090", without user name, query or fragment';
  if (typeof value !== "string" || !URL.canParse(value)) return refuse("prometheusUrl", expected, value);
  const { protocol, username, password, search, hash, href } = new URL(value);
  const plain = username === "" && password === "" && search === "" && hash === "";
  if (!plain || !["http:", "https:"].includes(protocol)) return refuse("prometheusUrl", expected, value);
  return href.replace(/(?<!\/)\/+$/, "");
}

function checkPort(value: unknown): number {
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535) return Number(value);
  return refuse("port", "a whole number from 0 to 65535", value);
}

function checkDashboards(value: readonly GrafanaDashboard[]): readonly GrafanaDashboard[] {
  if (!Array.isArray(value) || value.length === 0) {
    return refuse("dashboards", "a list of at least one dashboard", value);
  }
  const uids = value.map((dashboard: { uid?: unknown } | null) => dashboard?.uid);
  if (uids.every((uid) => typeof uid === "string" && uid !== "") && new Set(uids).size === uids.length) {
    return value;
  }
  return refuse("dashboards", "a list of dashboards, each with a distinct uid", uids);
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError naming the option, what was expected and what came.
 */
export function resolveOptions(options: PreviewOptions): ResolvedOptions {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`preview options must be an object, but are ${show(options)}`);
  }
  const unknownKey = Object.keys(options).find((key) => !KEYS.includes(key));
  if (unknownKey !== undefined) {
    throw new TypeError(`preview option "${unknownKey}" is not known; known are ${KEYS.join(", ")}`);
  }
  return {
    prometheusUrl: checkPrometheusUrl(options.prometheusUrl),
    port: checkPort(options.port ?? 0),
    dashboards: checkDashboards(options.dashboards ?? buildDashboards()),
  };
}
