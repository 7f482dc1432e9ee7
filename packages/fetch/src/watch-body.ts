import type { BodyEnd } from "./body-watch.ts";
import { BodyWatch, watches } from "./body-watch.ts";
import { watchedPrototypeOf } from "./watched-prototype.ts";

/**
 * Watches how the caller reads a response, without reading it: the response keeps its identity and gets a prototype
 * whose methods call the original ones.
 *
 * @returns whether it can be watched.
 */
export function watchBody(response: object, onEnd: (end: BodyEnd) => void): boolean {
  if (!Object.isExtensible(response)) return false;
  const watched = watchedPrototypeOf(Object.getPrototypeOf(response) as object | null);
  if (!watched) return false;
  Object.setPrototypeOf(response, watched);
  watches.set(response, new BodyWatch(onEnd));
  return true;
}
