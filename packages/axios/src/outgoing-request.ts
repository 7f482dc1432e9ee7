import type { OutgoingRequest } from "@intercom-telemetry/core";
import type { RequestConfig } from "./axios-types.ts";
import { isObject } from "./axios-types.ts";
import { readHeader } from "./headers.ts";
import { readCallState } from "./retry/call-state.ts";

/** As axios decides it: a scheme and two slashes, or two slashes. */
const ABSOLUTE_URL = /^([a-z][a-z\d+\-.]*:)?\/\//i;
const MOST_PARAMS = 20;

/** One slash between the two, and nothing to search for: how nearly all are written. */
const fitTogether = (baseURL: string, url: string): boolean =>
  url.startsWith("/") && !url.startsWith("/", 1) && !baseURL.endsWith("/");

function joinUrl({ baseURL, url: given, allowAbsoluteUrls }: RequestConfig): string {
  // Axios 1.x also takes a URL object or null, whatever its types say.
  const url = String(given ?? "");
  if (baseURL && fitTogether(baseURL, url)) return baseURL + url;
  if (!baseURL || (allowAbsoluteUrls !== false && ABSOLUTE_URL.test(url))) return url;
  return url === "" ? baseURL : `${baseURL.replace(/(?<!\/)\/+$/, "")}/${url.replace(/^\/+/, "")}`;
}

/** Names only: values are the caller's, and the caller's serializer is not ours to run. */
function paramNames(params: unknown): string[] {
  if (!isObject(params) || typeof params === "function") return [];
  const names = params instanceof URLSearchParams ? [...params.keys()] : Object.keys(params);
  return names.slice(0, MOST_PARAMS);
}

function withParamNames(url: string, params: unknown): string {
  const names = paramNames(params);
  if (names.length === 0) return url;
  const hash = url.indexOf("#");
  const base = hash === -1 ? url : url.slice(0, hash);
  const query = names.map((name) => `${encodeURIComponent(name)}=`).join("&");
  return `${base}${base.includes("?") ? "&" : "?"}${query}`;
}

/** What a configuration will send, computed as axios computes it, before it is sent. */
export function toOutgoingRequest(config: RequestConfig, attempt: number): OutgoingRequest {
  const url = joinUrl(config);
  return {
    method: config.method ?? "get",
    url: config.params === undefined ? url : withParamNames(url, config.params),
    attempt,
    apiVersion: readHeader(config.headers, "intercom-version", "Intercom-Version"),
    delay: readCallState(config)?.delay,
  };
}
