import { type ClientRequest, type IncomingMessage, type RequestOptions, request } from "node:http";
import type { AxiosRequestConfig } from "axios";
import { EVERYDAY_CALLS } from "../support/everyday-calls.ts";
import { pick } from "./pick.ts";
import { SILENT_PATHS } from "./silent-paths.ts";

type MakeCall = (call: number, random: () => number) => AxiosRequestConfig;

/** Credentials that no app has. */
export const REFUSED = "Bearer wrong";

const LONGEST_WAIT_MILLISECONDS = 40;

/** Sends like Node and tells when the request has been handed to the system: from then on the server will see it. */
function transport(onSent: () => void): Pick<AxiosRequestConfig, "transport"> {
  return {
    transport: {
      request(options: RequestOptions, handle: (response: IncomingMessage) => void): ClientRequest {
        return request(options, handle).once("finish", onSent);
      },
    },
  };
}

/** A request to a route that never responds, ended by the caller for this reason a moment after it has left. */
function endedByCaller(url: string, reason: Error | undefined, random: () => number): AxiosRequestConfig {
  const ending = new AbortController();
  const waitMilliseconds = random() * LONGEST_WAIT_MILLISECONDS;
  const end = (): void => void setTimeout(() => ending.abort(reason), waitMilliseconds);
  return { url, signal: ending.signal, maxRedirects: 0, "axios-retry": { retries: 0 }, ...transport(end) };
}

const CALLS: readonly MakeCall[] = [
  ...EVERYDAY_CALLS,
  () => ({ url: "/admins" }),
  (call) => ({ url: `/nowhere/${call}`, params: { page: call } }),
  () => ({ url: "/me", headers: { Authorization: REFUSED } }),
  (_, random) => endedByCaller(SILENT_PATHS.canceled, undefined, random),
  (_, random) => endedByCaller(SILENT_PATHS.timedOut, new DOMException("time is up", "TimeoutError"), random),
];

/** The next call of a service. */
export function createCall(call: number, random: () => number): AxiosRequestConfig {
  return pick(random, CALLS)(call, random);
}
