import type { GrafanaDashboard } from "@intercom-telemetry/dashboards";
import { buildDashboards } from "@intercom-telemetry/dashboards";
import { isJsonObject } from "@intercom-telemetry/guards/json";
import {
  check,
  convert,
  integer,
  list,
  object,
  refine,
  type Shape,
  satisfies,
  secret,
  withDefault,
} from "@intercom-telemetry/guards/shape";

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

const GRAFANA_DASHBOARDS: Shape<readonly GrafanaDashboard[]> = refine(
  list(satisfies<GrafanaDashboard>("a dashboard with a uid", hasUid), 1),
  (dashboards, path, report) => {
    const uids = dashboards.map(({ uid }) => uid);
    if (new Set(uids).size < uids.length)
      report(path, "expected a distinct uid for each dashboard, got one twice");
  },
);

function hasUid(value: unknown): boolean {
  return isJsonObject(value) && typeof value.uid === "string" && value.uid !== "";
}

function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return ["http:", "https:"].includes(protocol) && `${username}${password}${search}${hash}` === "";
}

const OPTIONS = object<ResolvedOptions>({
  prometheusUrl: convert(
    secret(
      'an address such as "http://127.0.0.1:9090", without user name, query or fragment',
      isPlainAddress,
    ),
    (address) => new URL(address).href.replace(/(?<!\/)\/+$/, ""),
  ),
  port: withDefault(integer(0, 65_535), 0),
  dashboards: (value, path, report) =>
    value === undefined ? buildDashboards() : GRAFANA_DASHBOARDS(value, path, report),
});

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError naming the option, what was expected and what came.
 */
export function resolveOptions(options: PreviewOptions): ResolvedOptions {
  return check(OPTIONS, options, "options");
}
