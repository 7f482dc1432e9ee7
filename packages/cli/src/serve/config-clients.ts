import { DEFAULT_CLIENT } from "@intercom-telemetry/core";
import type { IntercomRegion } from "@intercom-telemetry/core/facts";
import {
  type Field,
  filePath,
  guardedText,
  httpUrl,
  type Located,
  mapping,
  oneOf,
  type Report,
  text,
  version,
} from "../config/fields.ts";
import { type ConfigNode, entryOf } from "../config/yaml-document.ts";
import { INTERCOM_REGION_URLS, REGIONS } from "../probe/regions.ts";
import type { TokenSource } from "../probe/token.ts";
import type { ClientConfig } from "./serve-config.ts";

/** One entry of `clients` as it is written. */
export interface ReadClient {
  readonly name?: string;
  readonly region?: IntercomRegion;
  readonly base_url?: URL;
  readonly token_env?: string;
  readonly token_file?: string;
  readonly api_version?: string;
}

/** One entry of `clients`. */
export const CLIENT_FIELD: Field<ReadClient> = mapping<ReadClient>({
  name: text("a name of letters, digits, dots and dashes, up to 64", /^[\w.-]{1,64}$/),
  region: oneOf(REGIONS),
  base_url: httpUrl,
  token_env: guardedText("the name of an environment variable", (name) => /^[A-Za-z_]\w{0,99}$/.test(name)),
  token_file: filePath,
  api_version: version,
});

function toTokenSource(
  client: ReadClient,
  node: ConfigNode,
  report: Report,
  locate: (path: string) => string,
): TokenSource | undefined {
  const { token_env: variable, token_file: path } = client;
  if (variable !== undefined && path === undefined) return { kind: "environment", variable };
  if (path !== undefined && variable === undefined) return { kind: "file", path: locate(path) };
  const keys = node.content.kind === "mapping" ? node.content.entries : new Map();
  const given = ["token_env", "token_file"].filter((key) => keys.has(key));
  if (given.length !== 1)
    report(node, `expected one of token_env and token_file, got ${given.join(" and ") || "neither"}`);
  return undefined;
}

function toClient(
  client: ReadClient,
  node: ConfigNode,
  report: Report,
  locate: (path: string) => string,
): ClientConfig | undefined {
  const { name = DEFAULT_CLIENT, region, base_url: baseUrl, api_version: apiVersion } = client;
  if (region && baseUrl) report(node, "expected one of region and base_url, got both");
  const tokenSource = toTokenSource(client, node, report, locate);
  if (!tokenSource) return undefined;
  const version = apiVersion === undefined ? {} : { apiVersion };
  return { name, baseUrl: baseUrl ?? INTERCOM_REGION_URLS[region ?? "us"], tokenSource, ...version };
}

function refuseTwins(clients: readonly Located<ReadClient>[], report: Report): void {
  const names = clients.map(({ value }) => value.name ?? DEFAULT_CLIENT);
  for (const [index, { node }] of clients.entries()) {
    if (names.indexOf(names[index] ?? "") < index)
      report(entryOf(node, "name"), "expected a name of its own, got one that is taken");
  }
}

/** Turns the entries of `clients` into clients; reports what does not go together. */
export function toClients(
  entries: readonly Located<ReadClient>[],
  report: Report,
  locate: (path: string) => string,
): readonly ClientConfig[] {
  refuseTwins(entries, report);
  return entries.flatMap(({ value, node }) => toClient(value, node, report, locate) ?? []);
}
