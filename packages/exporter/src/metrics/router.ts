import { createAuthorizer, type MetricsAuth } from "./authorize.ts";
import { createOwnMetrics, type OwnMetrics } from "./own-metrics.ts";
import { HEALTH_PATH } from "./paths.ts";
import type { MetricsRegistry } from "./registry.ts";
import {
  createResponder,
  type PlainRequest,
  type PlainResponse,
  refuseMethod,
  textResponse,
} from "./respond.ts";

/** What is served, to whom and where. */
export interface RouterOptions {
  readonly registry: MetricsRegistry;
  readonly timeoutSeconds: number;
  readonly onError: (error: unknown) => void;
  readonly path: string;
  readonly auth?: MetricsAuth | undefined;
}

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

/** Makes the function that turns a request away that lacks credentials; `undefined` lets it pass. */
function createGate(
  auth: MetricsAuth | undefined,
  ownMetrics: OwnMetrics,
): (request: PlainRequest) => Promise<PlainResponse | undefined> {
  if (!auth) return async () => undefined;
  const authorize = createAuthorizer(auth, ownMetrics.countRefusedLogin);
  const challenge = { "www-authenticate": CHALLENGES[auth.scheme] };
  return async ({ headers, socket }) => {
    const verdict = await authorize({
      header: headers.authorization,
      address: socket?.remoteAddress ?? "",
      isGone: () => socket?.destroyed === true,
    });
    if (verdict === "allowed") return undefined;
    if (verdict === "busy") return textResponse(503, "Too many log-ins at once.", { "retry-after": "1" });
    return textResponse(401, "These metrics need credentials.", challenge);
  };
}

/** Makes the function that responds to any request to the server of metrics. */
export function createRouter(
  options: RouterOptions,
): (request: PlainRequest & { readonly url?: string | undefined }) => Promise<PlainResponse> {
  const { registry, timeoutSeconds, onError, auth } = options;
  const ownMetrics = createOwnMetrics();
  const respond = createResponder(registry, timeoutSeconds, onError, auth && ownMetrics);
  const refuseStranger = createGate(auth, ownMetrics);
  return async (request) => {
    const path = pathOf(request.url);
    if (path === options.path) return (await refuseStranger(request)) ?? respond(request);
    if (path === HEALTH_PATH) return refuseMethod(request.method) ?? textResponse(200, "ok");
    return textResponse(404, `Nothing here; the metrics are at ${options.path}.`);
  };
}
