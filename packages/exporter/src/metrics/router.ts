import type { ResolvedServeOptions } from "../options.ts";
import {
  createResponder,
  type PlainRequest,
  type PlainResponse,
  refuseMethod,
  textResponse,
} from "./respond.ts";

/** Where an orchestrator asks whether the process lives. It says nothing else, so it needs no credentials. */
export const HEALTH_PATH = "/healthz";

function pathOf(target: string | undefined): string | undefined {
  try {
    return new URL(target ?? "", "http://localhost").pathname;
  } catch {
    return undefined;
  }
}

/** Makes the function that answers any request to the server of metrics. */
export function createRouter(
  options: ResolvedServeOptions,
): (request: PlainRequest & { readonly url?: string | undefined }) => Promise<PlainResponse> {
  const respond = createResponder(options.registry, options.timeoutSeconds, options.onError);
  return async (request) => {
    const path = pathOf(request.url);
    if (path === options.path) return respond(request);
    if (path === HEALTH_PATH) return refuseMethod(request.method) ?? textResponse(200, "ok");
    return textResponse(404, `Nothing here; the metrics are at ${options.path}.`);
  };
}
