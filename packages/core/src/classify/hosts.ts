import { INTERCOM_HOSTS } from "../facts/index.ts";

/** A host that serves Intercom's API: one of the regional hosts, or a proxy or simulator that the user names. */
export interface ApiHost {
  /** Lower case; IPv6 in brackets. */
  readonly hostname: string;
  /** Absent: any port. */
  readonly port?: number;
  /** Path in front of Intercom's own, without trailing slash; often empty. */
  readonly basePath: string;
}

/** The regional hosts, over any port. */
export const DEFAULT_API_HOSTS: readonly ApiHost[] = INTERCOM_HOSTS.map(({ host }) => ({
  hostname: host,
  basePath: "",
}));

/**
 * Reads one entry of the `hosts` option.
 *
 * @param text `host`, `host:port`, `host:port/base/path`, or the same as a URL.
 * @returns `undefined` when it is something else.
 */
export function parseApiHost(text: string): ApiHost | undefined {
  const hasScheme = /^https?:\/\//i.test(text);
  if (!hasScheme && text.includes("//")) return undefined;
  let url: URL;
  try {
    url = new URL(hasScheme ? text : `http://${text}`);
  } catch {
    return undefined;
  }
  const { hostname, username, password, search, hash } = url;
  if (hostname === "" || username + password + search + hash !== "") return undefined;
  const written = /^[^/:]*:(\d+)(?:\/|$)/.exec(
    text.replace(/^https?:\/\//i, "").replace(/^\[[^\]]*\]/, ""),
  )?.[1];
  const port = written === undefined ? undefined : Number(written);
  const basePath = url.pathname.replace(/(?<!\/)\/+$/, "");
  return { hostname, basePath, ...(port === undefined ? {} : { port }) };
}
