import type { Endpoint } from "./endpoint.ts";
import { ENDPOINTS, LEGACY_ENDPOINTS } from "./generated/endpoints.ts";

/** Every operation in Intercom's OpenAPI descriptions 2.7 to 2.16 and Preview. */
export const INTERCOM_ENDPOINTS: readonly Endpoint[] = ENDPOINTS;

/** Routes that only older SDKs call, and the OAuth code exchange. */
export const INTERCOM_LEGACY_ENDPOINTS: readonly Endpoint[] = LEGACY_ENDPOINTS;

/** Both tables. */
export const ALL_ENDPOINTS: readonly Endpoint[] = [...ENDPOINTS, ...LEGACY_ENDPOINTS];
