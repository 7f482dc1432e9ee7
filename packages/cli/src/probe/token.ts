import { FileReadError, readRegularFile } from "@intercom-telemetry/guards/files";
import type { ProbeContext } from "./http-get.ts";

/** Where a token is kept. It is never given on a command line or in a configuration file. */
export type TokenSource =
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "file"; readonly path: string };

/** Where a token is looked for when nobody says otherwise. */
export const DEFAULT_TOKEN_VARIABLE = "INTERCOM_ACCESS_TOKEN";

/** What is wrong with a token before anybody is asked. Says nothing of the token itself. */
export type TokenProblem =
  | "not_set"
  | "file_unreadable"
  | "file_not_regular"
  | "file_too_long"
  | "empty"
  | "white_space"
  | "quotes"
  | "scheme_prefix"
  | "characters";

const DESCRIPTIONS: Readonly<Record<TokenProblem, string>> = {
  not_set: "the variable is not set",
  file_unreadable: "the file cannot be read",
  file_not_regular: "it is not a regular file",
  file_too_long: "the file is longer than any token",
  empty: "it is empty",
  white_space: "it holds white space, which a copied token picks up easily",
  quotes: "it is in quotes, which would be sent as part of it",
  scheme_prefix: 'it starts with "Bearer", which the client adds itself',
  characters: "it holds characters that no bearer token has",
};

const FILE_PROBLEMS: Readonly<Record<FileReadError["reason"], TokenProblem>> = {
  unreadable: "file_unreadable",
  not_regular: "file_not_regular",
  too_long: "file_too_long",
  timeout: "file_unreadable",
};

/** A source that exists is named. One that does not may be the token itself, typed in the wrong place. */
export function describeTokenSource(source: TokenSource, problem: TokenProblem | undefined): string {
  if (source.kind === "file") return problem?.startsWith("file_") ? "the token file" : `file ${source.path}`;
  const isNamed = problem !== "not_set" || source.variable === DEFAULT_TOKEN_VARIABLE;
  return isNamed ? `environment variable ${source.variable}` : "the named environment variable";
}

/** The problem in words. */
export const describeTokenProblem = (problem: TokenProblem): string => DESCRIPTIONS[problem];

/** A token, or why there is no token. */
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

/** A file with more in it does not hold a token. */
const MAX_FILE_BYTES = 8 * 1024;
/** In a wrong token, e.g. one with its scheme, only what is this long can be the token itself. */
const LIKELY_TOKEN = /[\w.~+/=-]{16,}/g;

type TokenContext = Pick<ProbeContext, "env" | "learnSecret">;

function check(token: string, { learnSecret }: TokenContext): TokenReading {
  const problem = findProblem(token);
  for (const secret of problem ? (token.match(LIKELY_TOKEN) ?? []) : [token]) learnSecret(secret);
  return problem ? { problem } : { token };
}

async function readTokenFile(path: string, context: TokenContext): Promise<TokenReading> {
  try {
    const content = await readRegularFile(path, { maxBytes: MAX_FILE_BYTES });
    // Editors and secret stores end a file with a line break, which is not part of the token.
    return check(content.replace(/(?<![\r\n])[\r\n]+$/, ""), context);
  } catch (error) {
    return { problem: error instanceof FileReadError ? FILE_PROBLEMS[error.reason] : "file_unreadable" };
  }
}

/** Reads the token again each time, so that a changed file counts from the next probe on. Never rejects. */
export async function readToken(source: TokenSource, context: TokenContext): Promise<TokenReading> {
  if (source.kind === "file") return readTokenFile(source.path, context);
  const token = context.env[source.variable];
  return token === undefined ? { problem: "not_set" } : check(token, context);
}
