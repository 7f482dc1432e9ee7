import { NOT_INTERCOM_CODE } from "../contract/index.ts";
import { isObject } from "../is-object.ts";
import type { ErrorExplanation } from "./explanation.ts";

const CAUSE =
  "The response has a status of success and is not JSON: something between the caller and Intercom responded, such as a proxy's page.";
const ACTION = "Check the base URL and the proxy; the official SDK returns such a page as if it were data.";

/** Of a page with a status of success. */
export const NOT_JSON: ErrorExplanation = {
  code: NOT_INTERCOM_CODE,
  category: "intermediary",
  retryable: false,
  retryMode: "none",
  cause: CAUSE,
  action: ACTION,
  line: `${NOT_INTERCOM_CODE} (intermediary): ${CAUSE} ${ACTION} [retrying the same request does not help]`,
};

/** Whether this is what the SDKs 6 and 7 return instead of data: `{ ok: false, error: { reason: "non-json", ... } }`. */
export function isNotJson(value: unknown): boolean {
  if (!isObject(value) || value.ok !== false || !isObject(value.error)) return false;
  const { reason, statusCode } = value.error;
  return reason === "non-json" && typeof statusCode === "number" && statusCode < 400;
}
