export type { GuardedServer, GuardedServerOptions } from "./guarded-server.ts";
export { createGuardedServer } from "./guarded-server.ts";
export type { GuardedRequest, Refusal } from "./refuse-foreign-request.ts";
export { isLoopbackHost, refuseForeignRequest } from "./refuse-foreign-request.ts";
