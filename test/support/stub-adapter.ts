import { type AxiosAdapter, AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from "axios";

/** A response that needs no network. */
export interface StubResponse {
  readonly status?: number;
  readonly headers?: unknown;
  readonly data?: unknown;
}

/** Headers as Intercom sends them with a successful response, for a window that ends within ten seconds. */
export function usualHeaders(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    "content-type": "application/json; charset=utf-8",
    "x-request-id": "b68959ea6328bc4a8f9a",
    "x-ratelimit-limit": "1667",
    "x-ratelimit-remaining": "1600",
    "x-ratelimit-reset": String(Math.ceil(Date.now() / 10_000) * 10),
    ...more,
  };
}

/** Resolves or rejects as axios's own adapters do. */
export function settle(config: InternalAxiosRequestConfig, stub: StubResponse): Promise<AxiosResponse> {
  const { status = 200, headers = usualHeaders(), data = "{}" } = stub;
  const response = { status, statusText: "", headers, data, config } as AxiosResponse;
  if (!config.validateStatus || config.validateStatus(status)) return Promise.resolve(response);
  const code = status < 500 ? AxiosError.ERR_BAD_REQUEST : AxiosError.ERR_BAD_RESPONSE;
  return Promise.reject(new AxiosError(`status ${status}`, code, config, null, response));
}

/** An adapter that responds at once: the same each time, or as a function of the request says. */
export function stubAdapter(
  stub: StubResponse | ((config: InternalAxiosRequestConfig) => StubResponse) = {},
): AxiosAdapter {
  return (config) => settle(config, typeof stub === "function" ? stub(config) : stub);
}
