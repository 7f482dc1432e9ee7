import { isObject } from "@intercom-telemetry/core/record";
import type { ByteStream } from "./read-start.ts";
import { readStart } from "./read-start.ts";

/**
 * The clones, for as long as their responses live: undici 6.19.8 to 6.21 and 7.0 to 7.12 cancel the caller's body when
 * a clone is garbage-collected before it.
 */
const clones = new WeakMap<object, unknown>();

/** The body of a response, as web streams have it: node-fetch's cannot be read beside the caller. */
function streamOf(response: unknown): ByteStream | undefined {
  const body = isObject(response) ? response.body : undefined;
  return isObject(body) && typeof body.getReader === "function" ? (body as unknown as ByteStream) : undefined;
}

/**
 * Reads the start of a body that the caller has not read, from a clone, so that the caller still can.
 *
 * @param clone the response's own `clone`.
 * @returns `undefined` when there is nothing to read, or no way to.
 */
export function readCopy(
  response: Record<PropertyKey, unknown>,
  clone: unknown,
): Promise<Uint8Array> | undefined {
  if (typeof clone !== "function" || response.bodyUsed === true || !streamOf(response)) return undefined;
  const copy: unknown = Reflect.apply(clone, response, []);
  clones.set(response, copy);
  const stream = streamOf(copy);
  return stream && readStart(stream);
}
