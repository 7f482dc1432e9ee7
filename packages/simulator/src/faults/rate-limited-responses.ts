import type { RunningApp } from "../running-app.ts";
import type { RateLimitedAction } from "../script/response-action.ts";
import { errorResponse, type SimulatedResponse } from "../wire/response.ts";

type Build = (requestId: string, app: RunningApp | undefined, limitedBy?: string) => SimulatedResponse;

/** The remaining quota is not the reason for this 429, so at least one request is left. */
const keepSome = (actual: number): number => Math.max(1, actual);

/** 429 for each reason that Intercom has. */
export const RATE_LIMITED_RESPONSES: { readonly [K in RateLimitedAction["by"]]: Build } = {
  window: (requestId, app) => ({
    ...errorResponse(
      requestId,
      429,
      "rate_limit_exceeded",
      `Exceeded rate limit of ${app?.settings.limitPerWindow ?? 0} in ${app?.windowSeconds ?? 10}_seconds`,
    ),
    remaining: () => 0,
  }),
  jobs: (requestId, _app, limitedBy = "1 pending message data export jobs") => ({
    ...errorResponse(requestId, 429, "rate_limit_exceeded", `Exceeded rate limit of ${limitedBy}`),
    remaining: keepSome,
  }),
  overload: (requestId) => ({
    ...errorResponse(
      requestId,
      429,
      "too_many_requests",
      "The server is receiving too many requests for this resource",
    ),
    remaining: keepSome,
  }),
};
