export { GuardedCommand } from "./guarded-command.ts";
export type { Redactor } from "./redactor.ts";
export { createRedactor } from "./redactor.ts";
