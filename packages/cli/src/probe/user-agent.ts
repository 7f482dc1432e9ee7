import { VERSION } from "@intercom-telemetry/core";

/** How the probe names itself to Intercom and to the status page. */
export const USER_AGENT: string = `intercom-telemetry/${VERSION}`;
