import { readFile } from "node:fs/promises";
import type { Environment } from "./proxy.ts";

/** Where a token is kept. It is never given on a command line or in a configuration file. */
export type TokenSource =
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "file"; readonly path: string };

/** What is wrong with a token before anybody is asked. Says nothing of the token itself. */
export type TokenProblem =
  | "not_set"
  | "file_unreadable"
  | "empty"
  | "white_space"
  | "quotes"
  | "scheme_prefix"
  | "characters";

const DESCRIPTIONS: Readonly<Record<TokenProblem, string>> = {
  not_set: "the variable is not set",
  file_unreadable: "the file cannot be read",
  empty: "it is empty",
  white_space: "it holds white space, which a copied token picks up easily",
  quotes: "it is in quotes, which would be sent as part of it",
  scheme_prefix: 'it starts with "Bearer", which the client adds itself',
  characters: "it holds characters that no bearer token has",
};

/** The problem in words. */
export const describeTokenProblem = (problem: TokenProblem): string => DESCRIPTIONS[problem];

/** A token, or why there is none. */
export type TokenReading =
  | { readonly token: string; readonly problem?: never }
  | { readonly problem: TokenProblem; readonly token?: never };

/** What a bearer token may consist of. Source: RFC 6750, 2.1. */
const BEARER_TOKEN = /^[\w.~+/-]+=*$/;

function findProblem(token: string): TokenProblem | undefined {
  if (token.trim() === "") return "empty";
  if (/^bearer\s/i.test(token)) return "scheme_prefix";
  if (/^["'`]|["'`]$/.test(token)) return "quotes";
  if (/\s/.test(token)) return "white_space";
  return BEARER_TOKEN.test(token) ? undefined : "characters";
}

function judge(token: string | undefined, absent: TokenProblem): TokenReading {
  if (token === undefined) return { problem: absent };
  const problem = findProblem(token);
  return problem ? { problem } : { token };
}

/** Reads the token anew, so that a changed file counts from the next probe on. Never rejects. */
export async function readToken(source: TokenSource, env: Environment): Promise<TokenReading> {
  if (source.kind === "environment") return judge(env[source.variable], "not_set");
  const text = await readFile(source.path, "utf8").catch(() => undefined);
  // Editors and secret stores end a file with a line break, which is no part of the token.
  return judge(text?.replace(/[\r\n]+$/, ""), "file_unreadable");
}
