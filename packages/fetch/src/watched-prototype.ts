import { isObject } from "@intercom-telemetry/core/record";
import { watches } from "./body-watch.ts";

/** The methods that read a body to its end; `buffer` is node-fetch's. */
const READERS = ["text", "json", "arrayBuffer", "blob", "bytes", "formData", "buffer"];

type Method = (...args: unknown[]) => unknown;

/** What stands before each prototype of a response. */
const watchedPrototypes = new WeakMap<object, object>();
const originals = new WeakMap<object, object>();

const isMethod = (value: unknown): value is Method => typeof value === "function";

function define(prototype: object, name: string, method: Method): void {
  Object.defineProperty(prototype, name, { value: method, writable: true, configurable: true });
}

function findGetter(prototype: object | null, name: string): (() => unknown) | undefined {
  if (prototype === null) return undefined;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  return descriptor ? descriptor.get : findGetter(Object.getPrototypeOf(prototype) as object | null, name);
}

/** Somebody has taken the stream and reads it: what a reader says then is known already. */
function isLocked(response: object, getBody: (() => unknown) | undefined): boolean {
  const body = getBody && Reflect.apply(getBody, response, []);
  return isObject(body) && body.locked === true;
}

/** Methods under their own names, for stack traces. */
function watchReader(name: string, original: Method, getBody: (() => unknown) | undefined): Method {
  const { [name]: reader } = {
    [name](this: object, ...args: unknown[]): unknown {
      const watch = watches.get(this);
      const isNews = watch?.isWaiting && !(watch.isTaken && isLocked(this, getBody));
      const result = Reflect.apply(original, this, args);
      return isNews ? watch.reads(name, result) : result;
    },
  };
  return reader as Method;
}

function watchClone(original: Method): Method {
  return function clone(this: object, ...args: unknown[]): unknown {
    const copy = Reflect.apply(original, this, args);
    const watch = watches.get(this);
    const watched = watchedPrototypes.get(Object.getPrototypeOf(copy) as object);
    if (watch?.isWaiting && watched) {
      Object.setPrototypeOf(copy, watched);
      watches.set(copy as object, watch);
    }
    return copy;
  };
}

function createWatched(prototype: Record<PropertyKey, unknown>): object {
  const watched: object = Object.create(prototype) as object;
  const getBody = findGetter(prototype, "body");
  for (const name of READERS) {
    const original = prototype[name];
    if (isMethod(original)) define(watched, name, watchReader(name, original, getBody));
  }
  if (isMethod(prototype.clone)) define(watched, "clone", watchClone(prototype.clone));
  if (getBody) {
    const get = function body(this: object): unknown {
      const watch = watches.get(this);
      if (watch) watch.isTaken = true;
      return Reflect.apply(getBody, this, []);
    };
    Object.defineProperty(watched, "body", { get, configurable: true, enumerable: true });
  }
  return watched;
}

/**
 * The prototype that tells the watch of a response what the caller does with it.
 *
 * @param prototype of the response.
 * @returns `undefined` for what has no methods to watch, such as a mock that is a plain object.
 */
export function watchedPrototypeOf(prototype: object | null): object | undefined {
  if (!isObject(prototype) || originals.has(prototype)) return prototype ?? undefined;
  const known = watchedPrototypes.get(prototype);
  if (known) return known;
  if (!isMethod(prototype.text)) return undefined;
  const watched = createWatched(prototype);
  watchedPrototypes.set(prototype, watched);
  originals.set(watched, prototype);
  return watched;
}

/** The response's prototype as it was before it was watched. */
export function originalPrototypeOf(response: object): Record<PropertyKey, unknown> {
  const prototype = Object.getPrototypeOf(response) as object;
  return (originals.get(prototype) ?? prototype) as Record<PropertyKey, unknown>;
}
