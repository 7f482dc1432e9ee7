export type { InstrumentationHandle, InstrumentIntercomOptions } from "../instrumentation.ts";
export { instrumentAxios } from "./instrument-axios.ts";
