export type { IntercomInstrumentationConfig } from "./intercom-instrumentation.ts";
export { IntercomInstrumentation } from "./intercom-instrumentation.ts";
