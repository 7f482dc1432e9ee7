import type { IncomingHttpHeaders } from "node:http";
import { isIP, isIPv4 } from "node:net";

/** What the guard looks at. */
export interface GuardedRequest {
  readonly method?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Why a request is turned away, with the status that says so. */
export interface Refusal {
  readonly status: 403 | 415 | 421;
  /** One sentence for the client. */
  readonly reason: string;
}

/** How a server is guarded. */
export interface GuardRules {
  /** The address that the server listens on. */
  readonly listenHost: string;
  /** Further names under which a server on loopback is asked, e.g. behind a reverse proxy that keeps the name. */
  readonly allowedHosts?: readonly string[];
  /** The request changes something, so it has to be one that a page cannot make without asking first. */
  readonly isControl?: boolean;
}

const WRONG_HOST: Refusal = { status: 421, reason: "This server is for this machine, by its loopback name." };
const WRONG_SITE: Refusal = { status: 403, reason: "This server is not for the pages of other sites." };
const WRONG_TYPE: Refusal = { status: 415, reason: "Expected content-type: application/json." };

const bare = (host: string): string => host.toLowerCase().replace(/^\[(.*)\]$/, "$1");

/** Whether an address to listen on can only be reached from this machine. A name other than `localhost` cannot be known. */
export function isLoopbackHost(host: string): boolean {
  const name = bare(host);
  return name === "localhost" || name === "::1" || (isIPv4(name) && name.startsWith("127."));
}

/** The name of a `Host` header, without its port. */
function nameIn(header: string): string {
  return bare(header.replace(/:\d{0,5}$/, ""));
}

/**
 * Names that no stranger can point to 127.0.0.1. Rebinding needs a name in the public DNS: an address is
 * not one, and `localhost` and `internal` never are. Containers reach their host as `host.docker.internal`.
 */
function isOwnName(name: string, { listenHost, allowedHosts = [] }: GuardRules): boolean {
  return (
    isIP(name) !== 0 ||
    /(^|\.)localhost$/.test(name) ||
    name.endsWith(".internal") ||
    name === bare(listenHost) ||
    allowedHosts.some((allowed) => name === bare(allowed))
  );
}

function isForeignHost({ headers }: GuardedRequest, rules: GuardRules): boolean {
  // Only HTTP/1.0 may lack the header, and no browser speaks that.
  if (headers.host === undefined || !isLoopbackHost(rules.listenHost)) return false;
  return !isOwnName(nameIn(headers.host), rules);
}

/** A person may follow a link to a page of ours; everything else that another site's page starts is refused. */
function isForeignSite({ method, headers }: GuardedRequest): boolean {
  const { origin, host } = headers;
  if (origin !== undefined && origin.replace(/^https?:\/\//, "") !== host) return true;
  const site = headers["sec-fetch-site"];
  if (site !== "cross-site" && site !== "same-site") return false;
  return (
    method !== "GET" || headers["sec-fetch-mode"] !== "navigate" || headers["sec-fetch-dest"] !== "document"
  );
}

const announcesBody = ({ headers }: GuardedRequest): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

const isJson = ({ headers }: GuardedRequest): boolean =>
  /^application\/json *(;|$)/i.test(headers["content-type"] ?? "");

/**
 * Refuses what a web page could make a browser on this machine send to a local server. That is requests
 * under a name that was rebound to loopback, and requests of other sites' pages. `undefined` lets the request pass.
 */
export function refuseForeignRequest(request: GuardedRequest, rules: GuardRules): Refusal | undefined {
  if (isForeignHost(request, rules)) return WRONG_HOST;
  if (isForeignSite(request)) return WRONG_SITE;
  return rules.isControl && announcesBody(request) && !isJson(request) ? WRONG_TYPE : undefined;
}
