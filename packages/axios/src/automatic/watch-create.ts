import { isObject } from "@intercom-telemetry/core/record";
import type { AxiosInstanceLike } from "../axios-types.ts";
import { isInstance } from "../check-instance.ts";

/**
 * Tells of every instance that this one makes, and of those that they make.
 *
 * @param onCreated must not throw.
 * @returns a function that puts the original `create` back.
 */
export function watchCreate(
  instance: AxiosInstanceLike,
  onCreated: (created: AxiosInstanceLike) => void,
): () => void {
  const original = instance.create;
  if (typeof original !== "function") return () => {};
  const watched = function create(this: unknown, config?: unknown): unknown {
    const created: unknown = Reflect.apply(original, this, [config]);
    if (isObject(created) && isInstance(created)) {
      onCreated(created);
      watchCreate(created, onCreated);
    }
    return created;
  };
  instance.create = watched;
  return () => {
    if (instance.create === watched) instance.create = original;
  };
}
