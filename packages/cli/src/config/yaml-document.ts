import { describeValue } from "@intercom-telemetry/core";
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { UsageError } from "../command/exit-codes.ts";

/** One value of a configuration file, with the place where it stands. */
export interface ConfigNode {
  /** `clients[0].region`; empty for the whole file. */
  readonly key: string;
  readonly line: number;
  readonly content:
    | { readonly kind: "mapping"; readonly entries: ReadonlyMap<string, ConfigNode> }
    | { readonly kind: "list"; readonly items: readonly ConfigNode[] }
    /** Not followed: a few of them can stand for more text than any memory holds. */
    | { readonly kind: "alias" }
    | { readonly kind: "scalar"; readonly value: unknown };
}

/** Where a file is not what it should be, a secret may stand in a key's place. */
const SHOWABLE_KEY = /^[\w.-]{1,40}$/;

const NAMES = { mapping: "a mapping", list: "a list", alias: "an alias" } as const;

function toContent(
  node: Node | null | undefined,
  key: string,
  lineOf: (node: Node) => number,
): ConfigNode["content"] {
  if (isMap<Node, Node | null>(node)) {
    const entries = node.items.map((pair) => {
      const name = isScalar(pair.key) ? String(pair.key.value) : "a key that is not a string";
      const shown = SHOWABLE_KEY.test(name) ? name : `(a key of ${name.length} characters)`;
      const path = key ? `${key}.${shown}` : shown;
      const line = lineOf(pair.key);
      return [name, { key: path, line, content: toContent(pair.value, path, lineOf) }] as const;
    });
    return { kind: "mapping", entries: new Map(entries) };
  }
  if (isSeq<Node>(node)) {
    const items = node.items.map((item, index) => {
      const path = `${key}[${index}]`;
      return { key: path, line: lineOf(item), content: toContent(item, path, lineOf) };
    });
    return { kind: "list", items };
  }
  if (isAlias(node)) return { kind: "alias" };
  return { kind: "scalar", value: isScalar(node) ? node.value : null };
}

/**
 * What stands at a place, for a message.
 *
 * @param expected what the message says was expected; where a secret may stand, nothing, and then only booleans and
 *   kinds are named.
 */
export function describeNode({ content }: ConfigNode, expected: string | undefined): string {
  if (content.kind !== "scalar") return NAMES[content.kind];
  if (content.value === null) return "nothing";
  if (expected !== undefined || typeof content.value === "boolean")
    return describeValue(content.value, expected);
  return `a value of ${String(content.value).length} characters`;
}

/**
 * Parses YAML.
 *
 * @param fileName as it shall appear in messages.
 * @throws UsageError with the line of each mistake. It quotes nothing of the file, which could be a secret.
 */
export function parseConfigDocument(text: string, fileName: string): ConfigNode {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = document.errors.map(
    ({ code, pos }) =>
      `${fileName}:${lines.linePos(pos[0]).line}: not YAML (${code.toLowerCase().replaceAll("_", " ")})`,
  );
  if (problems.length > 0) throw new UsageError(problems);
  const lineOf = (node: Node): number => lines.linePos(node.range?.[0] ?? 0).line;
  return { key: "", line: 1, content: toContent(document.contents, "", lineOf) };
}

/** The value of a key, or the mapping itself where it lacks the key: a place to report at. */
export const entryOf = (node: ConfigNode, name: string): ConfigNode =>
  (node.content.kind === "mapping" ? node.content.entries.get(name) : undefined) ?? node;
