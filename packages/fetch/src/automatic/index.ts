export type { InstrumentationHandle } from "../instrument-global-fetch.ts";
export { instrumentGlobalFetchAutomatically } from "../instrument-global-fetch.ts";
export type { InstrumentGlobalFetchOptions } from "../options.ts";
