/** What Node's hooks are given and give, as far as it is used. */
export interface Resolved {
  readonly url: string;
  readonly format?: string | null | undefined;
}

export interface ResolveContext {
  /** Some versions of Node give an array, some a set. */
  readonly conditions?: Iterable<string> | undefined;
}

export interface Loaded {
  readonly format: string;
  readonly shortCircuit?: boolean;
  readonly source?: unknown;
}

/** Where the copies are kept, in the global symbol table: the ESM and the CJS copy of this package share them. */
export const COPIES_KEY = "@intercom-telemetry/register.axios-copies.v1";

/** The line of a module that tells of its copy of axios. */
export const tellOf = (name: string): string =>
  `globalThis[Symbol.for(${JSON.stringify(COPIES_KEY)})]?.tell(${name});\n`;

/** With a value: other hooks write the query again, and some give each parameter one. They may add their own behind it. */
const MARK = "intercom-telemetry=1";
const QUERY = new RegExp(`([?&])${MARK}(&|$)`);
/** Of modules that have a default export. A synchronous hook may not know the format yet. */
const FORMATS: ReadonlySet<unknown> = new Set(["module", "commonjs", undefined, null]);

/**
 * What `import "axios"` resolves to: a module that stands in for axios. It keeps the path, so that a program which
 * resolves axios only to find its files still does. `require` gets axios itself.
 */
export function standIn<Result extends Resolved>(
  specifier: string,
  { conditions }: ResolveContext,
  resolved: Result,
): Result {
  const { url, format } = resolved;
  const concerns =
    specifier === "axios" && url.startsWith("file:") && FORMATS.has(format) && !QUERY.test(url);
  if (!concerns || new Set(conditions).has("require")) return resolved;
  return { ...resolved, url: `${url}${url.includes("?") ? "&" : "?"}${MARK}`, format: "module" };
}

/** The source of a stand-in: all that the module exports, which is told of. `undefined` for another module. */
export function loadStandIn(url: string): Loaded | undefined {
  if (!QUERY.test(url)) return undefined;
  const original = JSON.stringify(url.replace(QUERY, (_, start, next) => (next === "" ? "" : start)));
  const source = `import axios from ${original};
export * from ${original};
export { axios as default };
${tellOf("axios")}`;
  return { format: "module", shortCircuit: true, source };
}
