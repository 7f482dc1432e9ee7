/** What can be a version of Intercom's API: `2.11`, `Preview`. A token is longer. */
export const API_VERSION: RegExp = /^(\d{1,2}\.\d{1,3}|Preview|Unstable)$/;

/** Name of an environment variable. */
export const VARIABLE_NAME: RegExp = /^[A-Za-z_]\w{0,99}$/;

/** The URL, when it is an HTTP address without credentials and query. */
export function toHttpUrl(value: unknown): URL | undefined {
  if (typeof value !== "string" || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isHttp = url.protocol === "https:" || url.protocol === "http:";
  return isHttp && url.username === "" && url.password === "" && url.search === "" ? url : undefined;
}
