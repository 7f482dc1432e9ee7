import { ScrapeTimeoutError } from "./scrape.ts";

/** Names that a program gives to its kinds of errors, and the system's codes: neither holds a value. */
const ERROR_NAME = /^[A-Z][A-Za-z]{0,39}Error$/;
const SYSTEM_CODE = /^E[A-Z]{2,15}$/;

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${typeof error}`;
  const { name, code } = error as NodeJS.ErrnoException;
  const kind = ERROR_NAME.test(name) ? name : "Error";
  return typeof code === "string" && SYSTEM_CODE.test(code) ? `${kind} ${code}` : kind;
}

/**
 * Says what kind of error ended a scrape, and where to look. A message of the registry is never repeated: it comes from
 * a `collect` function, whose errors like to hold connection strings.
 */
export function describeScrapeError(error: unknown): string {
  if (error instanceof ScrapeTimeoutError) return error.message;
  return `${kindOf(error)}, thrown by the registry or by one of its collect() functions`;
}
