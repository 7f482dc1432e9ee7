import type { ApiHost } from "./hosts.ts";

/** Where a request goes, taken apart. */
export interface RequestTarget {
  /** `http:` or `https:`. */
  readonly protocol: string;
  /** Lower case; IPv6 in brackets. */
  readonly hostname: string;
  /** The same without brackets. */
  readonly address: string;
  /** The written port, else the scheme's. */
  readonly port: number;
  /** Path in front of Intercom's own, without trailing slash; often empty. */
  readonly basePath: string;
  /** Intercom's path, percent-encoded, without query. */
  readonly path: string;
  /** Query without the question mark; empty without one. Holds the caller's values: never record it. */
  readonly query: string;
}

/** Everything of a target but the path: the same for all requests of one client. */
type Origin = Omit<RequestTarget, "path" | "query"> & {
  /** What each URL of this origin, and of no other, starts with; absent when base paths have to be compared. */
  readonly prefix: string | undefined;
};

/** @param hosts those with the longest base path first, so that the most exact one is found. */
function originOf(url: URL, hosts: readonly ApiHost[]): Origin | undefined {
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  const here = hosts.filter(
    (host) => host.hostname === url.hostname && (host.port === undefined || host.port === port),
  );
  const host = here.find(({ basePath }) => `${url.pathname}/`.startsWith(`${basePath}/`));
  if (!host) return undefined;
  const { hostname, protocol } = url;
  const address = hostname.replace(/[[\]]/g, "");
  const { basePath } = host;
  const alone = here.every((other) => other.basePath === basePath);
  const prefix = alone ? `${url.origin}${basePath}/` : undefined;
  return { protocol, hostname, address, port, basePath, prefix };
}

const SLASH = 47;
/** Nearly every path and query. One class of characters, which is several times faster to look for than what follows. */
const PLAIN = /^[\w/?&=-]+$/;
/**
 * What only a real URL parser can read: dot segments, back slashes, white space, control and non-ASCII characters, and
 * those that a parser encodes.
 */
const NEEDS_PARSER = /\/\.|%2e|[^!#-&(-;=?-[\]_a-z|~]/i;

/** @param text path and query. */
function split(origin: Origin, text: string): RequestTarget {
  const hash = text.indexOf("#");
  const sent = hash === -1 ? text : text.slice(0, hash);
  const question = sent.indexOf("?");
  return {
    protocol: origin.protocol,
    hostname: origin.hostname,
    address: origin.address,
    port: origin.port,
    basePath: origin.basePath,
    path: question === -1 ? sent : sent.slice(0, question),
    query: question === -1 ? "" : sent.slice(question + 1),
  };
}

/** The same, unless only a URL parser can read it. */
function splitPlain(origin: Origin, text: string): RequestTarget | undefined {
  return PLAIN.test(text) || !NEEDS_PARSER.test(text) ? split(origin, text) : undefined;
}

/** Tells where a URL leads. `base`, where it is given, stands before it and ends without a slash. */
export type TargetReader = (url: string, base?: string) => RequestTarget | undefined;

/** Bases whose origins are kept: a client has one, or one for each region. */
const MOST_BASES = 10;

/**
 * Makes the function that tells Intercom's requests from all others.
 *
 * @param hosts every place that counts as Intercom.
 * @returns a function from an absolute URL to its parts; `undefined` for another host, another scheme, or no URL.
 *   It never throws. It remembers the last origin, so that a client's usual request costs no URL parsing; with a base,
 *   not even a string.
 */
export function createTargetReader(hosts: readonly ApiHost[]): TargetReader {
  const ordered = [...hosts].sort((left, right) => right.basePath.length - left.basePath.length);
  const byBase = new Map<string, Origin>();
  let last: Origin | undefined;
  const readAbsolute = (text: string): RequestTarget | undefined => {
    if (last?.prefix !== undefined && text.startsWith(last.prefix)) {
      const known = splitPlain(last, text.slice(last.prefix.length - 1));
      if (known) return known;
    }
    let url: URL;
    try {
      url = new URL(text);
    } catch {
      return undefined;
    }
    const origin = originOf(url, ordered);
    if (!origin) return undefined;
    last = origin;
    const path = url.pathname.slice(origin.basePath.length) || "/";
    return split(origin, path + url.search);
  };
  return (url, base) => {
    if (base === undefined) return readAbsolute(url);
    const origin = url.charCodeAt(0) === SLASH ? byBase.get(base) : undefined;
    const known = origin && splitPlain(origin, url);
    if (known) return known;
    const target = readAbsolute(base + url);
    if (last?.prefix === `${base}/` && byBase.size < MOST_BASES) byBase.set(base, last);
    return target;
  };
}
