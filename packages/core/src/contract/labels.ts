import type { AttributeKey } from "./attribute-names.ts";

type Label =
  | "client"
  | "method"
  | "url_template"
  | "status_code"
  | "error_code"
  | "error_category"
  | "retryable";

/**
 * The labels of the client's metrics, and attributes of OpenTelemetry metrics by the same names, each with the span
 * attribute of the same fact. None is a label that a scrape adds in Kubernetes, which would replace it.
 */
export const LABELS: Readonly<Record<Label, AttributeKey>> = {
  client: "client",
  method: "method",
  url_template: "urlTemplate",
  status_code: "status",
  error_code: "errorCode",
  error_category: "errorCategory",
  retryable: "retryable",
};

/** Value of `url_template` for a path that is in no table. */
export const UNMATCHED_TEMPLATE = "unmatched";

/** Error code of a failed response that is not Intercom's: of another host, or of a proxy or CDN in front of it. */
export const NOT_INTERCOM_CODE = "not_intercom";

/** Error-code label of a code that Intercom sent and the catalog does not have. */
export const OTHER_ERROR_CODE = "other";

/** Method label and attribute of a method that HTTP does not define. Source: OpenTelemetry HTTP conventions. */
export const OTHER_METHOD = "_OTHER";

/** Client label of every further name once a function has given as many names as are kept apart. */
export const OTHER_CLIENT = "other";

/** Client label when the user names none. */
export const DEFAULT_CLIENT = "default";

/** The methods that appear as themselves. Source: RFC 9110 and RFC 5789. */
export const KNOWN_METHODS = [
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "HEAD",
  "OPTIONS",
  "CONNECT",
  "TRACE",
] as const;

/** From the first to the last of each row: RFC 9110, IANA's registry, and what nginx and Cloudflare add. */
const STATUS_RANGES = [
  [100, 103],
  [200, 208],
  [226, 226],
  [300, 305],
  [307, 308],
  [400, 418],
  [421, 426],
  [428, 429],
  [431, 431],
  [451, 451],
  [499, 508],
  [510, 511],
  [520, 526],
  [530, 530],
] as const;

/** Statuses that appear as themselves; any other becomes its class (`4xx`), so that a server cannot invent series. */
export const KNOWN_STATUSES: readonly number[] = STATUS_RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index),
);
