import type { TransportCode } from "../facts/index.ts";

/** Axios 1.0 to 1.6 says of a body that was cut off that it exceeds the limit, even when there is no limit (-1). */
const isOverLimit = (message: string): boolean =>
  message.startsWith("maxContentLength") && !message.includes("size of -1 ");

/** What transports without codes say. The first that fits counts. */
const WORDINGS: readonly (readonly [wording: RegExp, code: TransportCode])[] = [
  // undici, node-fetch and Deno.
  [/^(?:redirect count exceeded$|unexpected redirect$|maximum redirect reached)/, "too_many_redirects"],
  [/^Fetch failed: (?:Maximum number of redirects|Encountered redirect)/, "too_many_redirects"],
  [/^bad port$/, "invalid_request"],
  // Deno, in the words of the libraries below it.
  [/^error sending request .*: Connection refused/, "connection_refused"],
  [/^error sending request .*: dns error/, "dns"],
  [/^error sending request .*(?:certificate|corrupt message|TLS|tls)/, "tls"],
  [/(?:Connection reset by peer|Broken pipe) \(os error \d+\)$/, "connection_reset"],
  [/(?:No route to host|Network is unreachable) \(os error \d+\)$/, "host_unreachable"],
  [/^(?:Invalid gzip header|corrupt deflate stream)/, "response_undecodable"],
  [/^maxContentLength/, "response_too_large"],
];

/** Longer messages quote something and are not searched. */
const LONGEST_MESSAGE = 1000;

/** Transports give one code, or none, to several failures; their fixed wording tells them apart. */
export function codeByWording(code: string, message: string): TransportCode | undefined {
  if (code === "ERR_BAD_RESPONSE") return isOverLimit(message) ? "response_too_large" : "response_incomplete";
  if (code === "ERR_BAD_REQUEST") {
    return message.includes("maxBodyLength") ? "request_too_large" : "invalid_request";
  }
  if (message.length > LONGEST_MESSAGE) return undefined;
  return WORDINGS.find(([wording]) => wording.test(message))?.[1];
}
