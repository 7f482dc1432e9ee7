import type { ReceivedResponse } from "@intercom-telemetry/core";
import { isObject } from "@intercom-telemetry/core/record";
import { headerReader } from "./headers.ts";

/** What is known of a response once its headers have arrived. */
export type ResponseHead = ReceivedResponse & { readonly status: number };

/**
 * Reads status, headers, and whether a redirect led to another host.
 *
 * @returns `undefined` for what is not a response.
 */
export function readHead(response: unknown, isOtherHost: (url: string) => boolean): ResponseHead | undefined {
  try {
    if (!isObject(response) || typeof response.status !== "number") return undefined;
    const { status } = response;
    // A response makes its URL string for each look at it, and few have been redirected.
    const url = response.redirected === true ? response.url : undefined;
    const fromOtherHost = typeof url === "string" && isOtherHost(url);
    return { status, headers: headerReader(response.headers), fromOtherHost };
  } catch {
    return undefined;
  }
}
