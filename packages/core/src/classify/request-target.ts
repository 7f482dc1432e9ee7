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
  /** Query without the question mark; empty when there is none. Holds the caller's values: never record it. */
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
  const address = hostname.replace(/^\[|\]$/g, "");
  const { basePath } = host;
  const alone = here.every((other) => other.basePath === basePath);
  const prefix = alone ? `${url.origin}${basePath}/` : undefined;
  return { protocol, hostname, address, port, basePath, prefix };
}

/** What only a real URL parser may judge: dot segments, back slashes, white space, control and non-ASCII characters. */
const NEEDS_PARSER = /\/\.|%2e|[^\x21-\x5b\x5d-\x7e]/i;

function split(origin: Origin, rest: string): RequestTarget {
  const hash = rest.indexOf("#");
  const withoutHash = hash === -1 ? rest : rest.slice(0, hash);
  const question = withoutHash.indexOf("?");
  const path = question === -1 ? withoutHash : withoutHash.slice(0, question);
  const query = question === -1 ? "" : withoutHash.slice(question + 1);
  return {
    protocol: origin.protocol,
    hostname: origin.hostname,
    address: origin.address,
    port: origin.port,
    basePath: origin.basePath,
    path: `/${path}`,
    query,
  };
}

/**
 * Makes the function that tells Intercom's requests from all others.
 *
 * @param hosts every place that counts as Intercom.
 * @returns a function from an absolute URL to its parts; `undefined` for another host, another scheme, or no URL.
 *   It never throws. It remembers the last origin, so that a client's usual request costs no URL parsing.
 */
export function createTargetReader(hosts: readonly ApiHost[]): (url: string) => RequestTarget | undefined {
  const ordered = [...hosts].sort((left, right) => right.basePath.length - left.basePath.length);
  let last: Origin | undefined;
  return (text) => {
    if (last?.prefix !== undefined && text.startsWith(last.prefix)) {
      const rest = text.slice(last.prefix.length - 1);
      if (!NEEDS_PARSER.test(rest)) return split(last, rest.slice(1));
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
    return split(origin, url.pathname.slice(origin.basePath.length).replace(/^\//, "") + url.search);
  };
}
