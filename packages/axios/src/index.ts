export type { Exchange, OnOutcome, Outcome, OutcomeError, RateLimit } from "@intercom-telemetry/core";
export type { AxiosInstanceLike } from "./axios-types.ts";
export type { InstrumentationHandle } from "./instrument-intercom.ts";
export { instrumentIntercom } from "./instrument-intercom.ts";
export type { InstrumentIntercomOptions } from "./options.ts";
