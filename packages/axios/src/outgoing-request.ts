import type { OutgoingRequest } from "@intercom-telemetry/core/record";
import { isObject, readHeader } from "@intercom-telemetry/core/record";
import type { RequestConfig } from "./axios-types.ts";
import type { Call } from "./call.ts";
import { retryCountOf } from "./call.ts";

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

function joinUrl(config: RequestConfig): string {
  const { baseURL } = config;
  // Axios 1.x also takes a URL object or null, whatever its types say.
  const url = String(config.url ?? "");
  if (baseURL && fitTogether(baseURL, url)) return baseURL + url;
  if (!baseURL || (config.allowAbsoluteUrls !== false && ABSOLUTE_URL.test(url))) return url;
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

/** The URL that a configuration asks for, put together as axios does it; of parameters only the names. */
export function urlOf(config: RequestConfig): string {
  const url = joinUrl(config);
  return config.params === undefined ? url : withParamNames(url, config.params);
}

/** The method that a configuration asks for. */
export const methodOf = ({ method }: RequestConfig): string => method ?? "get";

/** What a configuration will send, before it is sent. */
export class AxiosRequest implements OutgoingRequest {
  readonly config: RequestConfig;
  readonly call: Call;
  readonly method: string;
  readonly base: string | undefined;
  readonly path: string;
  readonly retryCount: number;
  readonly follows: OutgoingRequest["follows"];
  readonly delay: OutgoingRequest["delay"];

  /** @param call the call that the configuration belongs to. */
  constructor(config: RequestConfig, call: Call) {
    const { baseURL, url, params } = config;
    this.config = config;
    this.call = call;
    this.method = methodOf(config);
    if (baseURL && typeof url === "string" && params === undefined && fitTogether(baseURL, url)) {
      this.base = baseURL;
      this.path = url;
    } else {
      this.base = undefined;
      this.path = urlOf(config);
    }
    this.retryCount = retryCountOf(config, call);
    this.follows = this.retryCount > 0 ? call.follows : undefined;
    this.delay = call.delay;
  }

  get url(): string {
    return this.base === undefined ? this.path : this.base + this.path;
  }

  header(lowerCaseName: string): string | undefined {
    return readHeader(this.config.headers, lowerCaseName, USUAL_NAMES[lowerCaseName]);
  }
}
