import type { Interceptor, RequestConfig, RequestInterceptors } from "./axios-types.ts";

/** Whether the instance has no interceptors but the hook, which all versions of axios keep in `handlers`. */
const isAlone = ({ handlers }: RequestInterceptors): boolean =>
  Array.isArray(handlers) && handlers.length === 0;

/**
 * Runs `prepare` on every configuration after all request interceptors, whatever their order and whenever
 * they are added or cleared. axios builds its chain with `forEach`, so the hook is visited at both ends of
 * it, and once where there is nothing between them.
 *
 * @returns a function that takes the hook off.
 */
export function hookRequests(
  interceptors: RequestInterceptors,
  prepare: (config: RequestConfig) => RequestConfig,
): () => void {
  const hook: Interceptor = { fulfilled: prepare, rejected: undefined, synchronous: true, runWhen: null };
  const visitAll = interceptors.forEach;
  if (typeof visitAll !== "function") {
    const id = interceptors.use(prepare, undefined, { synchronous: true });
    return () => interceptors.eject(id);
  }
  const hooked: typeof visitAll = function forEach(this: RequestInterceptors, visit) {
    visit(hook);
    if (isAlone(this)) return;
    visitAll.call(this, visit);
    visit(hook);
  };
  interceptors.forEach = hooked;
  return () => {
    if (interceptors.forEach !== hooked) return;
    // The method of the class comes back, unless the instance had its own.
    delete interceptors.forEach;
    if (interceptors.forEach !== visitAll) interceptors.forEach = visitAll;
  };
}
