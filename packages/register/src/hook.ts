/** Runs in the thread of Node's asynchronous hooks, where its synchronous ones are missing or break programs. */
import type { Loaded, ResolveContext, Resolved } from "./imports/stand-in.ts";
import { loadStandIn, standIn } from "./imports/stand-in.ts";

type Resolve = (specifier: string, context: ResolveContext) => Promise<Resolved>;
type Load = (url: string, context: unknown) => Promise<Loaded>;

export async function resolve(specifier: string, context: ResolveContext, next: Resolve): Promise<Resolved> {
  return standIn(specifier, context, await next(specifier, context));
}

export async function load(url: string, context: unknown, next: Load): Promise<Loaded> {
  return loadStandIn(url) ?? next(url, context);
}
