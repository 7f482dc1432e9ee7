import type { IncomingMessage } from "node:http";

/** Request headers by which a caller marks its requests for the ledger. */
export const CORRELATION_HEADER = "x-simulator-correlation";
export const PROCESS_HEADER = "x-simulator-process";

/** The value of a header that was sent once. */
export function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}
