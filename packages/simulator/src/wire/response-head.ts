import type { Exchange } from "./exchange.ts";
import type { RateHeaderValues } from "./rate-headers.ts";
import type { SimulatedResponse } from "./response.ts";

/** What is the same for all responses of one simulator. */
export interface HeadSettings {
  /** 40 hexadecimal digits: Intercom names the deployed commit. */
  readonly serverVersion: string;
  readonly clockSkewSeconds: number;
  readonly epochMilliseconds: () => number;
}

const RATE_HEADER_NAMES = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"] as const;

function rateHeaders(values: RateHeaderValues): string[] {
  return RATE_HEADER_NAMES.flatMap((name, index) => {
    const value = values[index] ?? "";
    return (typeof value === "string" ? [value] : value).flatMap((each) => [name, each]);
  });
}

/**
 * The head of a response as a flat list of names and values, since names may repeat.
 *
 * @param rates absent: the response carries no rate-limit headers.
 */
export function responseHead(
  exchange: Exchange,
  response: SimulatedResponse,
  settings: HeadSettings,
  rates: RateHeaderValues | undefined,
): string[] {
  const own = Object.entries(response.headers ?? {});
  const overridden = new Set(own.map(([name]) => name.toLowerCase()));
  const date = new Date(settings.epochMilliseconds() + settings.clockSkewSeconds * 1000).toUTCString();
  const usual = [
    "Date",
    date,
    "Server",
    "nginx",
    ...(response.body ? ["Content-Type", response.contentType ?? "application/json; charset=utf-8"] : []),
    ...(response.fromGateway
      ? []
      : ["X-Request-Id", exchange.requestId, "X-Intercom-Version", settings.serverVersion]),
    ...(rates ? rateHeaders(rates) : []),
  ];
  const head: string[] = [];
  for (let index = 0; index < usual.length; index += 2) {
    const name = usual[index] ?? "";
    if (!overridden.has(name.toLowerCase())) head.push(name, usual[index + 1] ?? "");
  }
  return head.concat(own.flat());
}
