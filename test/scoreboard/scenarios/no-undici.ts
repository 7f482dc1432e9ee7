/** Why instrumentation-http need not see a request of the fetch adapter. */
export const NO_UNDICI = "the fetch adapter has an instrumentation of its own, instrumentation-undici";
