/**
 * The parts of axios that are used, by their shape: one build serves every version from 0.24 on, and a second copy
 * of axios in the tree is no stranger.
 */

/** A request configuration on its way to the adapter. */
export interface RequestConfig {
  url?: string | undefined;
  baseURL?: string | undefined;
  method?: string | undefined;
  params?: unknown;
  headers?: unknown;
  signal?: unknown;
  allowAbsoluteUrls?: boolean | undefined;
  adapter?: unknown;
  /** After the request transforms: what is sent. */
  data?: unknown;
  timeout?: unknown;
  /** Where axios-retry keeps what it knows of a call. */
  "axios-retry"?: unknown;
}

/** Sends one request. */
export type Adapter = (config: RequestConfig) => Promise<unknown>;

/** A response, as far as it is read. */
export interface ResponseLike {
  status?: unknown;
  headers?: unknown;
  data?: unknown;
  config?: unknown;
  /** Set by axios-cache-interceptor on answers that it gives itself. */
  cached?: unknown;
}

/** An axios instance, or axios itself. */
export interface AxiosInstanceLike {
  readonly defaults: object;
  readonly interceptors: {
    readonly request: {
      use(
        // biome-ignore lint/suspicious/noExplicitAny: what an interceptor gets and gives differs from version to version
        onFulfilled: (config: any) => any,
        onRejected?: undefined,
        options?: { synchronous?: boolean },
      ): number;
      eject(id: number): void;
    };
  };
  request(config: unknown): Promise<unknown>;
  create?(config?: unknown): unknown;
}

export const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  (typeof value === "object" && value !== null) || typeof value === "function";
