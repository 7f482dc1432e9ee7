import type { ErrorDescription, ErrorKind } from "./error-description.ts";

/** A row of the generated tables: which code stands for a status whose body carries none. */
export type StatusRow = readonly [status: number, code: string];

/** The part of an entry that only those read who explain or show it. */
export type ErrorAdvice = Omit<ErrorDescription, keyof ErrorKind>;

/** A row of the generated tables: a code that was seen with one status only has just that. */
export type ErrorAdviceRow = readonly [
  code: string,
  cause: string,
  action: string,
  status?: number | undefined,
  unusual?: Partial<ErrorAdvice> | undefined,
];

/** The advice that a row stands for. */
export function toErrorAdvice([, cause, action, status, unusual]: ErrorAdviceRow): ErrorAdvice {
  const seen = status === undefined ? { statuses: [] } : { statuses: [status], typicalStatus: status };
  return { ...seen, ...unusual, cause, action };
}
