import { classify, type Exchange, type Outcome } from "@intercom-telemetry/core";
import { describePath } from "./describe-path.ts";

const route = describePath("GET", "/contacts/1");

/** Judges an answer with this status and body, by default to `GET /contacts/{id}`. */
export function judge(
  status: number,
  body?: unknown,
  more: Partial<Exchange> = {},
  on: typeof route = route,
): Outcome {
  const facts = { client: "c", method: "get", url: "", attempt: 1, durationSeconds: 0.1 };
  return classify({ ...facts, status, body, ...more }, on);
}

/** The usual body of a failure. */
export const errorList = (...errors: unknown[]): object => ({
  type: "error.list",
  request_id: "b68959ea6328bc4a8f9a",
  errors,
});
