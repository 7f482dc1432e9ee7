import type { ResolvedServeOptions } from "../options.ts";
import { createAuthorizer, type MetricsAuth } from "./authorize.ts";
import {
  createResponder,
  type PlainRequest,
  type PlainResponse,
  refuseMethod,
  textResponse,
} from "./respond.ts";

/** Where an orchestrator asks whether the process lives. It says nothing else, so it needs no credentials. */
export const HEALTH_PATH = "/healthz";

const CHALLENGES: Readonly<Record<MetricsAuth["scheme"], string>> = {
  basic: 'Basic realm="metrics", charset="UTF-8"',
  bearer: 'Bearer realm="metrics"',
};

function pathOf(target: string | undefined): string | undefined {
  try {
    return new URL(target ?? "", "http://localhost").pathname;
  } catch {
    return undefined;
  }
}

/** Makes the function that turns a request away for want of credentials; `undefined` lets it pass. */
function createGate(
  auth: MetricsAuth | undefined,
): (request: PlainRequest) => Promise<PlainResponse | undefined> {
  if (!auth) return async () => undefined;
  const authorize = createAuthorizer(auth);
  const challenge = { "www-authenticate": CHALLENGES[auth.scheme] };
  return async ({ headers }) => {
    const verdict = await authorize(headers.authorization);
    if (verdict === "allowed") return undefined;
    if (verdict === "busy") return textResponse(503, "Too many log-ins at once.", { "retry-after": "1" });
    return textResponse(401, "These metrics need credentials.", challenge);
  };
}

/** Makes the function that answers any request to the server of metrics. */
export function createRouter(
  options: ResolvedServeOptions,
): (request: PlainRequest & { readonly url?: string | undefined }) => Promise<PlainResponse> {
  const respond = createResponder(options.registry, options.timeoutSeconds, options.onError);
  const refuseStranger = createGate(options.auth);
  return async (request) => {
    const path = pathOf(request.url);
    if (path === options.path) return (await refuseStranger(request)) ?? respond(request);
    if (path === HEALTH_PATH) return refuseMethod(request.method) ?? textResponse(200, "ok");
    return textResponse(404, `Nothing here; the metrics are at ${options.path}.`);
  };
}
