import type { IntercomRegion } from "@intercom-telemetry/core/facts";
import { DEFAULT_TIMEOUT_SECONDS } from "@intercom-telemetry/exporter/settings";
import type { RegionUrls } from "../probe/regions.ts";
import { STATUS_PAGE_URL } from "../probe/status-page.ts";
import { DEFAULT_TOKEN_VARIABLE, type TokenSource } from "../probe/token.ts";

/** Values of the options that every command asking Intercom has. */
export interface ApiOptionValues {
  readonly region?: IntercomRegion;
  readonly baseUrl?: URL;
  readonly tokenEnv?: string;
  readonly tokenFile?: string;
  readonly apiVersion?: string;
  readonly statusUrl?: URL;
  readonly timeout?: number;
  readonly regionUrl: RegionUrls;
}

function toTokenSource({ tokenEnv = DEFAULT_TOKEN_VARIABLE, tokenFile }: ApiOptionValues): TokenSource {
  return tokenFile === undefined
    ? { kind: "environment", variable: tokenEnv }
    : { kind: "file", path: tokenFile };
}

/** The values with their defaults. */
export interface ApiSettings {
  readonly baseUrl: URL;
  readonly regionUrls: RegionUrls;
  readonly tokenSource: TokenSource;
  readonly apiVersion: string | undefined;
  readonly statusPageUrl: URL;
  readonly timeoutSeconds: number;
}

/** Fills in the defaults. */
export function resolveApiOptions(values: ApiOptionValues): ApiSettings {
  const { region = "us", baseUrl, regionUrl, apiVersion, statusUrl, timeout } = values;
  return {
    baseUrl: baseUrl ?? regionUrl[region],
    regionUrls: regionUrl,
    tokenSource: toTokenSource(values),
    statusPageUrl: statusUrl ?? new URL(STATUS_PAGE_URL),
    timeoutSeconds: timeout ?? DEFAULT_TIMEOUT_SECONDS,
    apiVersion,
  };
}
