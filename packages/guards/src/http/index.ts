export type { GuardedRequest, Refusal } from "./refuse-foreign-request.ts";
export { isLoopbackHost, refuseForeignRequest } from "./refuse-foreign-request.ts";
