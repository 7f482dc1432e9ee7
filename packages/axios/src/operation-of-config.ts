import type { Operation } from "@intercom-telemetry/core";
import { createTargetReader, findOperation, parseApiHost } from "@intercom-telemetry/core";
import type { RequestConfig } from "./axios-types.ts";
import { methodOf, urlOf } from "./outgoing-request.ts";

function originOf(url: string): string | undefined {
  try {
    return new URL(url).origin;
  } catch {
    return undefined;
  }
}

function find(config: RequestConfig): Operation | undefined {
  const url = urlOf(config);
  for (const place of [originOf(url), config.baseURL]) {
    const host = typeof place === "string" ? parseApiHost(place) : undefined;
    const target = host && createTargetReader([host])(url);
    const operation = target && findOperation(methodOf(config), target);
    if (operation?.documented) return operation;
  }
  return undefined;
}

/**
 * The operation that a configuration asks for, wherever it is sent: asking for an explanation says that the request
 * went to Intercom, perhaps through a proxy with a base path. Never throws.
 */
export function operationOfConfig(config: RequestConfig): Operation | undefined {
  try {
    return find(config);
  } catch {
    // A configuration that cannot be read costs the operation, and not the response.
    return undefined;
  }
}
