/** Reads one header by its lower-case name; `undefined` when it is absent. Never throws. */
export type HeaderReader = (lowerCaseName: string) => string | undefined;
