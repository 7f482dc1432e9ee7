import { fileURLToPath } from "node:url";
import ts from "typescript";
import { compileSource } from "../../../packages/simulator/scripts/compile-source.ts";

/** A value that a method of an SDK returned. */
export interface Returned {
  readonly sdk: 6 | 7;
  readonly method: string;
  readonly value: unknown;
  /** Which property of the promised type the value has to fit, e.g. the `data` of a page; absent: all of it. */
  readonly property?: string;
}

/** Intercom sends null for what it does not know; the SDKs' types call that absent. */
function literal(value: unknown): string {
  return JSON.stringify(value, (_key, each) => (each === null ? undefined : each)) ?? "undefined";
}

/** Responses are JSON: the types of Node and the DOM, which take as long to read as both SDKs, are not needed. */
const OPTIONS = { types: [], lib: ["lib.es2022.d.ts"] };

const HEADER = [
  'import type { IntercomClient as Client6 } from "intercom-client-6";',
  'import type { IntercomClient as Client7 } from "intercom-client-7";',
  "type Promised<M> = M extends (...args: never[]) => infer P ? Awaited<P> : never;",
  // A type parameter takes fields that the type does not name, as a client does.
  "declare function check<T>(): <V extends T>(value: V) => void;",
];

function line({ sdk, method, value, property }: Returned): string {
  const type = `Client${sdk}${method
    .split(".")
    .map((name) => `["${name}"]`)
    .join("")}`;
  const part = property === undefined ? "" : `["${property}"]`;
  return `check<Promised<${type}>${part}>()(${literal(value)});`;
}

/** What the compiler has to say about values against the types that the SDKs declare; empty when all fit. */
export function typeErrors(returned: readonly Returned[]): string[] {
  const file = fileURLToPath(new URL("./returned.mts", import.meta.url));
  const source = [...HEADER, ...returned.map(line)].join("\n");
  const { program, module } = compileSource(file, source, OPTIONS);
  return program.getSemanticDiagnostics(module).map(({ start = 0, messageText, file: at }) => {
    const row = (at?.getLineAndCharacterOfPosition(start).line ?? 0) - HEADER.length;
    const { sdk, method } = returned[row] ?? { sdk: "?", method: "the check itself" };
    return `SDK ${sdk} ${method}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
