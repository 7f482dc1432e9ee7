import { isObject } from "../is-object.ts";

/**
 * A function of the user's may be async where none is expected, as TypeScript allows: nobody would handle its
 * rejection, which ends a process.
 */
export function catchRejection(result: unknown, onRejected: (error: unknown) => void): void {
  if (isObject(result) && typeof result.then === "function") Promise.resolve(result).catch(onRejected);
}
