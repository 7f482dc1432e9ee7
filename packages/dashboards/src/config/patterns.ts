/** A string that is not blank. */
export const NON_EMPTY: RegExp = /\S/;

/** What Grafana takes as a uid. */
export const UID: RegExp = /^[a-zA-Z0-9_-]{1,40}$/;
