import { isObject } from "../is-object.ts";

/** By shape: a test runner's sandbox has its own Promise. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  isObject(value) && typeof value.then === "function";

/**
 * A function of the user's may be async where none is expected, as TypeScript allows: nobody would handle its
 * rejection, which ends a process.
 */
export function catchRejection(result: unknown, onRejected: (error: unknown) => void): void {
  if (isThenable(result)) Promise.resolve(result).catch(onRejected);
}
