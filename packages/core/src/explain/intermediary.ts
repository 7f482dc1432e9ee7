import type { Advice } from "./advice.ts";

const NOT_INTERCOM =
  "Intercom did not respond: the response comes from something between the caller and Intercom, such as a proxy or CDN.";

const BY_STATUS: Readonly<Record<number, string>> = {
  401: "Log in at the proxy or gateway in front of Intercom; the Intercom token is not at fault.",
  403: "Ask the people who run the proxy, firewall or CDN in between why it refuses this request: an address list, a rule, or a missing log-in.",
  404: "Check the base URL and where the proxy sends it: the request did not reach Intercom's API.",
  407: "Give the HTTP client the proxy's user name and password (for example in HTTPS_PROXY), or have the service excepted.",
  408: "Retry reads with backoff; ask for smaller pages, or raise the time limit of the proxy.",
  413: "Send a smaller request, or raise the limit of the proxy.",
  429: "Retry with backoff; the proxy or CDN in between limits requests, not Intercom's quota.",
};

const IN_GENERAL =
  "Look at the response's body and Server header to find out what responded, and ask the people who run it.";

const OTHER_HOST: Advice = {
  cause:
    "Another host responded: Intercom redirected the request there, and what that host says is not Intercom's.",
  action:
    "Look at the host that the redirect leads to, such as file storage; its links expire, so ask Intercom for a new one.",
};

/** Advice for a failed response that is not Intercom's, by its status. */
export function adviseOnForeign(status: number | undefined, fromOtherHost: boolean): Advice {
  if (fromOtherHost) return OTHER_HOST;
  return {
    cause: NOT_INTERCOM,
    action: (status === undefined ? undefined : BY_STATUS[status]) ?? IN_GENERAL,
  };
}
