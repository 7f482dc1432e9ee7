import type { OutgoingRequest } from "@intercom-telemetry/core/record";
import { readHeader } from "@intercom-telemetry/core/record";
import type { RequestConfig } from "./axios-types.ts";
import { callOf, retryCountOf } from "./call.ts";
import { isObject } from "./is-object.ts";

/** As axios decides it: a scheme and two slashes, or two slashes. */
const ABSOLUTE_URL = /^([a-z][a-z\d+\-.]*:)?\/\//i;
const MOST_PARAMS = 20;
const SLASH = 47;

/** How these headers are usually written: looked up before all names are searched. */
const USUAL_NAMES: Readonly<Record<string, string>> = {
  "intercom-version": "Intercom-Version",
  authorization: "Authorization",
};

/** One slash between the two, so that nothing has to be trimmed: how nearly all are written. */
const fitTogether = (baseURL: string, url: string): boolean =>
  url.startsWith("/") && !url.startsWith("/", 1) && !baseURL.endsWith("/");

function trimEndSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === SLASH) end -= 1;
  return text.slice(0, end);
}

function trimStartSlashes(text: string): string {
  let start = 0;
  while (text.charCodeAt(start) === SLASH) start += 1;
  return text.slice(start);
}

function joinUrl({ baseURL, url: given, allowAbsoluteUrls }: RequestConfig): string {
  // Axios 1.x also takes a URL object or null, whatever its types say.
  const url = String(given ?? "");
  if (baseURL && fitTogether(baseURL, url)) return baseURL + url;
  if (!baseURL || (allowAbsoluteUrls !== false && ABSOLUTE_URL.test(url))) return url;
  return url === "" ? baseURL : `${trimEndSlashes(baseURL)}/${trimStartSlashes(url)}`;
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
export function toOutgoingRequest(config: RequestConfig): OutgoingRequest {
  const url = joinUrl(config);
  const call = callOf(config);
  const retryCount = retryCountOf(config);
  return {
    method: config.method ?? "get",
    url: config.params === undefined ? url : withParamNames(url, config.params),
    header: (name) => readHeader(config.headers, name, USUAL_NAMES[name]),
    retryCount,
    follows: retryCount > 0 ? call?.follows : undefined,
    delay: call?.delay,
  };
}
