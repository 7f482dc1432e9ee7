import { createRequire } from "node:module";
import axios from "axios";
import type { Adapter, AxiosInstanceLike, RequestConfig } from "./axios-types.ts";
import { isObject } from "./axios-types.ts";

/** Turns names of adapters into the one that can send this request, as axios does before it sends it. */
export type GetAdapter = (names: unknown, config: RequestConfig) => Adapter;

const FILE_OF_AXIOS = /[\\/]axios[\\/]/;

/** Axios as this build of ours loads it, and every copy that CommonJS modules have loaded. */
function loadedCopies(): unknown[] {
  const { cache } = createRequire(import.meta.url);
  const files = Object.keys(cache).filter((file) => FILE_OF_AXIOS.test(file));
  return [axios, ...files.map((file) => cache[file]?.exports)];
}

/** Each copy of axios has a class of its own for its interceptors. */
function classOfInterceptors(copy: unknown): unknown {
  if (!isObject(copy) || !isObject(copy.interceptors)) return undefined;
  return isObject(copy.interceptors.request) ? copy.interceptors.request.constructor : undefined;
}

/**
 * Finds `getAdapter` of the very copy of axios that has made this instance: that of another copy would throw errors of
 * another class than the caller expects. Axios has it since 1.5.
 *
 * @returns `undefined` when it has none, or cannot be found.
 */
export function findGetAdapter(instance: AxiosInstanceLike): GetAdapter | undefined {
  const wanted = classOfInterceptors(instance);
  const own = loadedCopies().find((copy) => classOfInterceptors(copy) === wanted);
  return isObject(own) && typeof own.getAdapter === "function" ? (own.getAdapter as GetAdapter) : undefined;
}
