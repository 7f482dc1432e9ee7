import type { Operation } from "@intercom-telemetry/core";
import { createTargetReader, findOperation, parseApiHost } from "@intercom-telemetry/core";
import type { RequestConfig } from "../axios-types.ts";
import { toOutgoingRequest } from "../outgoing-request.ts";

function originOf(url: string): string | undefined {
  try {
    return new URL(url).origin;
  } catch {
    return undefined;
  }
}

function findRoute(config: RequestConfig): Operation | undefined {
  const { method, url } = toOutgoingRequest(config, 1);
  for (const place of [originOf(url), config.baseURL]) {
    const host = typeof place === "string" ? parseApiHost(place) : undefined;
    const target = host && createTargetReader([host])(url);
    const description = target && findOperation(method, target);
    if (description?.documented) return description;
  }
  return undefined;
}

/**
 * The operation that a configuration asks for, wherever it is sent: whoever asks for an explanation says by that
 * that the request went to Intercom, be it through a proxy with a base path. Never throws.
 */
export function routeOfConfig(config: RequestConfig): Operation | undefined {
  try {
    return findRoute(config);
  } catch {
    // A configuration that cannot be read takes the route with it, and not the answer.
    return undefined;
  }
}
