import { type Ending, type Outcome, parseApiHost } from "@intercom-telemetry/core";
import { Observer, type Recorder } from "@intercom-telemetry/core/record";
import { type GetFailure, type GetResponse, httpGet, type ProbeContext } from "./http-get.ts";
import { USER_AGENT } from "./user-agent.ts";

/** Intercom as one client sees it. */
export interface ApiTarget {
  /** Name of the client: the `client` label. */
  readonly client: string;
  /** Where the API is, e.g. `https://api.eu.intercom.io`. */
  readonly baseUrl: URL;
  readonly token: string;
  /** `Intercom-Version` to ask for; the app's own setting when absent. */
  readonly apiVersion?: string | undefined;
  /** Counts the probe's own requests, and keeps the rate-limit gauges. */
  readonly recorder?: Recorder | undefined;
}

/** One response of Intercom, or its absence, with core's classification. */
export interface ApiResponse {
  readonly response: GetResponse | GetFailure;
  readonly outcome: Outcome;
}

/** Core does not parse larger error bodies, and a good response to the probe is far smaller. */
const MAX_BODY_BYTES = 64 * 1024;

function toEnding(response: GetResponse | GetFailure): Ending {
  if (!response.arrived) return { failureCode: response.code };
  const { status, headers: received, body } = response;
  const headers = (name: string): string | undefined => {
    const value = received[name];
    return typeof value === "string" ? value : undefined;
  };
  return { status, headers, body };
}

function headersFor({ token, apiVersion }: ApiTarget): Readonly<Record<string, string>> {
  return {
    accept: "application/json",
    "accept-encoding": "identity",
    authorization: `Bearer ${token}`,
    "user-agent": USER_AGENT,
    ...(apiVersion !== undefined && { "intercom-version": apiVersion }),
  };
}

/**
 * Sends `GET {path}` with the client's token and has the response classified. Never rejects for what happens on the network.
 *
 * @param path path and query below the base URL, with a leading slash.
 * @throws TypeError when the base URL is not that of an HTTP server.
 */
export async function askIntercom(
  target: ApiTarget,
  path: string,
  context: ProbeContext,
): Promise<ApiResponse> {
  const { client, baseUrl, recorder } = target;
  const url = new URL(baseUrl.href.replace(/(?<!\/)\/+$/, "") + path);
  const host = parseApiHost(baseUrl.href);
  const headers = headersFor(target);
  const recorders = recorder ? [recorder] : [];
  const observer = new Observer({ client, hosts: host ? [host] : [], recorders });
  const header = (name: string): string | undefined => headers[name];
  const observation = observer.start({ method: "GET", url: url.href, header, retryCount: 0 });
  const response = await httpGet({ url, headers, maxBodyBytes: MAX_BODY_BYTES }, context);
  const outcome = observation?.finish(toEnding(response));
  if (!outcome) throw new TypeError(`base URL: expected that of an HTTP server, got ${baseUrl.protocol}`);
  return { response, outcome };
}
