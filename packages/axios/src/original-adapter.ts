import { isObject } from "@intercom-telemetry/core/record";
import type { Adapter, AxiosInstanceLike, RequestConfig } from "./axios-types.ts";

/** Turns names of adapters into the one that can send this request, as axios does before it sends it. */
export type GetAdapter = (names: unknown, config: RequestConfig) => Adapter;

const CLEAN = { transformRequest: undefined, transformResponse: undefined };

/** Puts back the caller's own configuration where axios has put a copy. */
function restoreConfig(holder: unknown, config: RequestConfig): void {
  if (isObject(holder) && holder.config !== undefined) holder.config = config;
}

/** Sends a configuration through the adapter that `names` stand for, as the axios of the instance does. */
type Dispatch = (names: unknown, config: RequestConfig) => Promise<unknown>;

type AxiosClass = new (config: object) => AxiosInstanceLike;

/** Axios's own class: the constructor of one that extends it may want anything, and do anything. */
function baseClassOf(derived: AxiosClass): AxiosClass {
  const parent = Object.getPrototypeOf(derived) as AxiosClass;
  return typeof parent.prototype?.request === "function" ? baseClassOf(parent) : derived;
}

/** An instance of the same copy of axios. One made by `new Axios()` has no `create`, and its class makes siblings. */
function createSibling(instance: AxiosInstanceLike): AxiosInstanceLike {
  if (typeof instance.create === "function") return instance.create() as AxiosInstanceLike;
  return new (baseClassOf(instance.constructor as AxiosClass))({});
}

/**
 * Since axios 1.2 the default adapter is a list of names, and only axios can turn a name into a function. Where
 * its `getAdapter` cannot be had, a bare sibling of the instance dispatches the prepared configuration. Its
 * only interceptor swaps that configuration in, with transforms off because they have already run. This
 * costs a second pass through axios.
 */
function createDispatch(instance: AxiosInstanceLike): Dispatch {
  const sibling = createSibling(instance);
  // What the configuration needs is in it: defaults would only be merged for nothing.
  for (const key of Object.keys(sibling.defaults)) Reflect.deleteProperty(sibling.defaults, key);
  let handedOver: RequestConfig | undefined;
  sibling.interceptors.request.use(() => handedOver, undefined, { synchronous: true });
  return (names, config) => {
    handedOver = { ...config, ...CLEAN, adapter: names };
    // Interceptors marked synchronous run before `request` returns, so one variable serves all calls.
    const sent = sibling.request({});
    handedOver = undefined;
    return sent.then(
      (response: unknown) => {
        restoreConfig(response, config);
        return response;
      },
      (error: unknown) => {
        restoreConfig(error, config);
        if (isObject(error)) restoreConfig(error.response, config);
        throw error;
      },
    );
  };
}

/**
 * Makes the function that turns what `config.adapter` may hold (a function, a name, a list, nothing) into an adapter
 * that behaves as axios itself would.
 *
 * @param getAdapter of the copy of axios that made the instance; another one's throws errors of another class.
 */
export function createAdapterResolver(
  instance: AxiosInstanceLike,
  getAdapter: GetAdapter | undefined,
): (adapter: unknown) => Adapter {
  let dispatch: Dispatch | undefined;
  return (adapter) => {
    if (typeof adapter === "function") return adapter as Adapter;
    if (getAdapter && adapter) return (config) => getAdapter(adapter, config)(config);
    dispatch ??= createDispatch(instance);
    const send = dispatch;
    return (config) => send(adapter, config);
  };
}
