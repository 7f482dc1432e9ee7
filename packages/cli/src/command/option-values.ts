import { DEFAULT_TIMEOUT_SECONDS } from "@intercom-telemetry/exporter/settings";
import { InvalidArgumentError, Option } from "commander";
import { API_VERSION, toHttpUrl, VARIABLE_NAME } from "../config/values.ts";
import { AREAS } from "../probe/areas.ts";
import { INTERCOM_REGION_URLS, REGIONS, type RegionUrls } from "../probe/regions.ts";
import { DEFAULT_TOKEN_VARIABLE } from "../probe/token.ts";

/** Says what was expected, and nothing of what came: it may be a secret in the wrong place. */
export function refuse(expected: string): never {
  throw new InvalidArgumentError(`Expected ${expected}.`);
}

/** A number of seconds above 0, up to a day. */
export function parseSeconds(given: string): number {
  const seconds = Number(given);
  return given.trim() !== "" && seconds > 0 && seconds <= 86_400
    ? seconds
    : refuse("a number of seconds above 0, up to 86400");
}

/** A TCP port, or 0 for any. */
export function parsePort(given: string): number {
  return /^\d{1,5}$/.test(given) && Number(given) <= 65_535
    ? Number(given)
    : refuse("a port from 0 to 65535");
}

/** An HTTP address without credentials. */
export function parseUrl(given: string): URL {
  const url = toHttpUrl(given);
  if (url) return url;
  return refuse("an http:// or https:// URL without credentials and query");
}

/** A version of Intercom's API. */
export function parseApiVersion(given: string): string {
  return API_VERSION.test(given) ? given : refuse('a version such as "2.11"');
}

/** The name of an environment variable. */
function parseVariable(given: string): string {
  return VARIABLE_NAME.test(given) ? given : refuse("the name of an environment variable");
}

/** Names of areas, separated by commas. */
export function parseAreas(given: string): readonly string[] {
  const names = AREAS.map(({ name }) => name);
  const areas = given.split(",").map((name) => name.trim());
  return areas.every((name) => names.includes(name)) ? areas : refuse(`some of ${names.join(", ")}`);
}

/** Replaces the address of one region, `eu=http://127.0.0.1:4010`: for rehearsals against simulators. */
function parseRegionUrl(given: string, before: RegionUrls): RegionUrls {
  const [, name = "", address = ""] = /^(\w+)=(.+)$/.exec(given) ?? [];
  const region = REGIONS.find((each) => each === name);
  return region ? { ...before, [region]: parseUrl(address) } : refuse("REGION=URL");
}

/** Options of every command that asks Intercom. */
export const API_OPTIONS: readonly Option[] = [
  new Option("--region <region>", "region of the workspace").choices(REGIONS),
  new Option("--base-url <url>", "API behind a proxy or simulator, instead of a region")
    .argParser(parseUrl)
    .conflicts("region"),
  new Option(
    "--token-env <name>",
    `environment variable that holds the access token (default: ${DEFAULT_TOKEN_VARIABLE})`,
  ).argParser(parseVariable),
  new Option("--token-file <path>", "file that holds the access token, read again each time").conflicts(
    "tokenEnv",
  ),
  new Option(
    "--api-version <version>",
    "Intercom-Version to ask for (default: the app's own setting)",
  ).argParser(parseApiVersion),
  new Option("--status-url <url>", "summary.json of the status page").argParser(parseUrl),
  new Option(
    "--timeout <seconds>",
    `longest time for one request (default: ${DEFAULT_TIMEOUT_SECONDS})`,
  ).argParser(parseSeconds),
  new Option("--region-url <region=url>").argParser(parseRegionUrl).default(INTERCOM_REGION_URLS).hideHelp(),
];
