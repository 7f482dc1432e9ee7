/**
 * The parts of axios that are used, by their shape: one build serves every version from 0.24 on, and a
 * second copy of axios in the tree works too.
 */

/** A request configuration on its way to the adapter. */
export interface RequestConfig {
  url?: string | undefined;
  baseURL?: string | undefined;
  method?: string | undefined;
  params?: unknown;
  headers?: unknown;
  signal?: unknown;
  cancelToken?: unknown;
  allowAbsoluteUrls?: boolean | undefined;
  adapter?: unknown;
  /** After the request transforms: what is sent. */
  data?: unknown;
  timeout?: unknown;
  /** Where axios-retry keeps what it knows of a call. */
  "axios-retry"?: unknown;
  /** Where this package keeps what it knows of a call. */
  "intercom-telemetry"?: unknown;
}

/** Sends one request. */
export type Adapter = (config: RequestConfig) => Promise<unknown>;

/** A response, as far as it is read. */
export interface ResponseLike {
  status?: unknown;
  headers?: unknown;
  data?: unknown;
  config?: unknown;
  request?: unknown;
  /** Set by axios-cache-interceptor on the responses that it serves. */
  cached?: unknown;
}

/** The request interceptors of an instance, as far as they are used. */
export interface RequestInterceptors {
  use(
    // biome-ignore lint/suspicious/noExplicitAny: what an interceptor gets and gives differs from version to version
    onFulfilled: (config: any) => any,
    onRejected?: undefined,
    options?: { synchronous?: boolean },
  ): number;
  eject(id: number): void;
  /** What `use` has put in. */
  readonly handlers?: unknown;
  /** Axios calls it for each request to put the chain of interceptors together. */
  forEach?(visit: (interceptor: Interceptor) => void): void;
}

/** One entry of the chain. */
export interface Interceptor {
  readonly fulfilled: (config: RequestConfig) => unknown;
  readonly rejected?: undefined;
  readonly synchronous: boolean;
  readonly runWhen: null;
}

/** An axios instance, axios itself, or an instance of its class `Axios`. */
export interface AxiosInstanceLike {
  readonly defaults: object;
  readonly interceptors: { readonly request: RequestInterceptors };
  request(config: unknown): Promise<unknown>;
  create?(config?: unknown): unknown;
}
