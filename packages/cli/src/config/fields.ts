import { type ConfigNode, describeNode } from "./yaml-document.ts";

/** A value with the place where it stands. */
export interface Located<Value> {
  readonly value: Value;
  readonly node: ConfigNode;
}

/** Takes down one problem at the place of a node. */
export type Report = (node: ConfigNode, problem: string) => void;

/** Reads one kind of value; `undefined`, and a report, when it is not one. */
export type Field<Value> = (node: ConfigNode, report: Report) => Value | undefined;

/** The fields of a mapping, by key. */
export type FieldsOf<Value> = { readonly [Key in keyof Value]-?: Field<Exclude<Value[Key], undefined>> };

function scalar<Value>(
  expected: string,
  convert: (value: unknown) => Value | undefined,
  mayBeSecret = false,
): Field<Value> {
  return (node, report) => {
    const value = node.content.kind === "scalar" ? convert(node.content.value) : undefined;
    if (value === undefined)
      report(node, `expected ${expected}, got ${describeNode(node, mayBeSecret ? undefined : expected)}`);
    return value;
  };
}

/** A string of a pattern. */
export const text = (expected: string, pattern: RegExp): Field<string> =>
  scalar(expected, (value) => (typeof value === "string" && pattern.test(value) ? value : undefined));

/** The path of a file. */
export const filePath: Field<string> = text("the path of a file", /./);

/** A string that a message never repeats, since a secret may stand there by mistake. */
export const guardedText = (expected: string, isRight: (value: string) => boolean): Field<string> =>
  scalar(expected, (value) => (typeof value === "string" && isRight(value) ? value : undefined), true);

/** What can be a version of Intercom's API: `2.11`, `Preview`. A token is longer. */
export const API_VERSION: RegExp = /^(\d{1,2}\.\d{1,3}|Preview|Unstable)$/;

/** A version: YAML reads `2.10` as the number 2.1, so only a string keeps what was written. */
export const version: Field<string> = scalar('a version in quotes, such as "2.11"', (value) =>
  typeof value === "string" && API_VERSION.test(value) ? value : undefined,
);

/** A number within bounds. */
export const number = (minimum: number, maximum: number, isWhole = false): Field<number> =>
  scalar(`a ${isWhole ? "whole " : ""}number from ${minimum} to ${maximum}`, (value) => {
    const isRight = typeof value === "number" && value >= minimum && value <= maximum;
    return isRight && (!isWhole || Number.isInteger(value)) ? value : undefined;
  });

/** One of some words. */
export const oneOf = <Word extends string>(words: readonly Word[]): Field<Word> =>
  scalar(`one of ${words.join(", ")}`, (value) => words.find((word) => word === value));

/** An HTTP address without credentials. It may hold some by mistake, so it is not repeated. */
export const httpUrl: Field<URL> = scalar("an http:// or https:// URL without credentials", toHttpUrl, true);

/** The URL, when it is an HTTP address without credentials and query. */
export function toHttpUrl(value: unknown): URL | undefined {
  if (typeof value !== "string" || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isHttp = url.protocol === "https:" || url.protocol === "http:";
  return isHttp && url.username === "" && url.password === "" && url.search === "" ? url : undefined;
}

/** A list with at least one item. */
export function list<Item>(item: Field<Item>): Field<readonly Located<Item>[]> {
  return (node, report) => {
    if (node.content.kind !== "list" || node.content.items.length === 0) {
      report(node, `expected a list with at least one entry, got ${describeNode(node, "")}`);
      return undefined;
    }
    return node.content.items.flatMap((each) => {
      const value = item(each, report);
      return value === undefined ? [] : [{ value, node: each }];
    });
  };
}

/** A mapping with known keys only; any of them may be missing. */
export function mapping<Value extends object>(fields: FieldsOf<Value>): Field<Value> {
  const known: ReadonlyMap<string, Field<unknown>> = new Map(Object.entries<Field<unknown>>(fields));
  const names = [...known.keys()].join(", ");
  return (node, report) => {
    if (node.content.kind !== "mapping") {
      report(node, `expected a mapping with ${names}, got ${describeNode(node, undefined)}`);
      return undefined;
    }
    const read = [...node.content.entries].map(([name, entry]) => {
      const field = known.get(name);
      if (!field) report(entry, `unknown key, expected one of ${names}`);
      return [name, field?.(entry, report)] as const;
    });
    return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as Value;
  };
}
