import { isObject } from "@intercom-telemetry/core/record";
import type { RequestConfig } from "../axios-types.ts";
import type { PolicyOnAxios } from "./policy-on-axios.ts";

/** One side of an axios instance's interceptors. */
interface Interceptors {
  // biome-ignore lint/suspicious/noExplicitAny: what passes differs from version to version of axios
  use(onFulfilled: (value: any) => any, onRejected?: (error: any) => any): number;
  eject(id: number): void;
}

/** An axios instance, as far as it is needed here. */
export interface InterceptedInstance {
  interceptors: { request: Interceptors; response: Interceptors };
}

function ignoreErrors<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    // What cannot be read is neither throttled nor recorded; the caller must not notice.
    return undefined;
  }
}

/** Puts the interceptors of a throttle on. @returns a function that takes them off. */
export function throttleInstance({ interceptors }: InterceptedInstance, policy: PolicyOnAxios): () => void {
  const request = interceptors.request.use((config: RequestConfig) => {
    const waiting = ignoreErrors(() => policy.throttle(config));
    return waiting ? waiting.then(() => config) : config;
  });
  const response = interceptors.response.use(
    (settled: unknown) => {
      if (isObject(settled)) ignoreErrors(() => policy.recordEnd(settled, settled.config));
      return settled;
    },
    (error: unknown) => {
      if (isObject(error)) ignoreErrors(() => policy.recordEnd(error, error.config));
      throw error;
    },
  );
  return () => {
    interceptors.request.eject(request);
    interceptors.response.eject(response);
  };
}
