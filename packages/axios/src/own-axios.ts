import { isObject } from "@intercom-telemetry/core/record";
import axios from "axios";
import type { AxiosInstanceLike } from "./axios-types.ts";
import type { GetAdapter } from "./original-adapter.ts";

/** Each copy of axios has its own class for its interceptors. */
function classOfInterceptors(copy: unknown): unknown {
  if (!isObject(copy) || !isObject(copy.interceptors)) return undefined;
  return isObject(copy.interceptors.request) ? copy.interceptors.request.constructor : undefined;
}

/**
 * `getAdapter` of the axios that this package imports, when that copy made the instance. Another copy's would throw
 * errors of another class than the caller expects. Axios has it since 1.5.
 */
export function findGetAdapter(instance: AxiosInstanceLike): GetAdapter | undefined {
  const own = classOfInterceptors(axios);
  if (own === undefined || own !== classOfInterceptors(instance)) return undefined;
  const { getAdapter }: { getAdapter?: unknown } = axios;
  return typeof getAdapter === "function" ? (getAdapter as GetAdapter) : undefined;
}
