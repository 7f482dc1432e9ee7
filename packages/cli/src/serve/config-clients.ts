import { DEFAULT_CLIENT } from "@intercom-telemetry/core";
import type { IntercomRegion } from "@intercom-telemetry/core/facts";
import {
  convert,
  distinct,
  list,
  object,
  oneOf,
  optional,
  type Path,
  type Report,
  type Shape,
  secret,
  string,
  withDefault,
} from "@intercom-telemetry/guards/shape";
import { API_VERSION, toHttpUrl, VARIABLE_NAME } from "../config/values.ts";
import { INTERCOM_REGION_URLS, REGIONS } from "../probe/regions.ts";
import type { TokenSource } from "../probe/token.ts";
import type { ClientConfig } from "./serve-config.ts";

/** One entry of `clients` as it is written. */
interface WrittenClient {
  readonly name: string;
  readonly region?: IntercomRegion | undefined;
  readonly baseUrl?: URL | undefined;
  readonly tokenEnv?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly apiVersion?: string | undefined;
}

/** An HTTP address. It may hold credentials by mistake, so it is not repeated. */
export const HTTP_URL: Shape<URL> = convert(
  secret("an http:// or https:// URL without credentials", (text) => toHttpUrl(text) !== undefined),
  (text) => toHttpUrl(text),
);

/** The path of a file. */
export const FILE_PATH: Shape<string> = string("the path of a file", /./);

const WRITTEN: Shape<WrittenClient> = object<WrittenClient>({
  name: withDefault(
    string("a name of letters, digits, dots and dashes, up to 64", /^[\w.-]{1,64}$/),
    DEFAULT_CLIENT,
  ),
  region: optional(oneOf(REGIONS)),
  baseUrl: optional(HTTP_URL),
  tokenEnv: optional(secret("the name of an environment variable", (name) => VARIABLE_NAME.test(name))),
  tokenFile: optional(FILE_PATH),
  // YAML reads `2.10` as the number 2.1, so only a string keeps what was written.
  apiVersion: optional(string('a version in quotes, such as "2.11"', API_VERSION)),
});

function toTokenSource(
  { tokenEnv, tokenFile }: WrittenClient,
  path: Path,
  report: Report,
): TokenSource | undefined {
  if (tokenEnv !== undefined && tokenFile === undefined) return { kind: "environment", variable: tokenEnv };
  if (tokenFile !== undefined && tokenEnv === undefined) return { kind: "file", path: tokenFile };
  const got = tokenEnv === undefined ? "neither" : "both";
  report(path, `expected one of tokenEnv and tokenFile, got ${got}`);
  return undefined;
}

const CLIENT: Shape<ClientConfig> = convert(WRITTEN, (client, path, report) => {
  const { name, region = "us", baseUrl, apiVersion } = client;
  if (client.region && baseUrl) report(path, "expected one of region and baseUrl, got both");
  const tokenSource = toTokenSource(client, path, report);
  return tokenSource && { name, baseUrl: baseUrl ?? INTERCOM_REGION_URLS[region], tokenSource, apiVersion };
});

/** The key `clients`. */
export const CLIENTS: Shape<readonly ClientConfig[]> = distinct(list(CLIENT, 1), (client) => client?.name, [
  "name",
]);
