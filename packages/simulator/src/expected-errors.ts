/** What the ledger expects a client to make of a failed response. */
export interface ExpectedError {
  readonly code: string;
  /** Default: what the code means for the operation. */
  readonly retryable?: boolean;
}

/**
 * Whether the identical request may succeed later, by Intercom's code. Written by hand from Intercom's reference,
 * and on purpose not read from the error catalog: the ledger has to be able to contradict the catalog.
 */
const RETRYABLE_BY_CODE: Readonly<Record<string, boolean>> = {
  rate_limit_exceeded: true,
  too_many_requests: true,
  server_error: true,
  internal_error: true,
  service_unavailable: true,
  request_timeout: true,
  bad_gateway: true,
  gateway_timeout: true,
  scroll_exists: true,
  sync_in_progress: true,
  unauthorized: false,
  token_unauthorized: false,
  token_revoked: false,
  forbidden: false,
  action_forbidden: false,
  api_plan_restricted: false,
  not_found: false,
  admin_not_found: false,
  company_not_found: false,
  conversation_not_found: false,
  tag_not_found: false,
  ticket_not_found: false,
  contact_merged: false,
  conflict: false,
  unique_user_constraint: false,
  bad_request: false,
  client_error: false,
  parameter_invalid: false,
  parameter_not_found: false,
  parameter_missing: false,
  invalid_field: false,
  invalid_merge: false,
  invalid_sort_order: false,
  intercom_version_invalid: false,
  payload_too_large: false,
  unprocessable_entity: false,
  validation_error: false,
  method_not_allowed: false,
  not_acceptable: false,
  unsupported_media_type: false,
  unsupported: false,
  invalid_phone_number: false,
  sms_failed: true,
};

/** The code that stands for a status whose body has no code. Source: Intercom's page on HTTP responses. */
const CODE_BY_STATUS: Readonly<Record<number, string>> = {
  400: "bad_request",
  401: "unauthorized",
  402: "api_plan_restricted",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
  406: "not_acceptable",
  408: "request_timeout",
  409: "conflict",
  410: "contact_merged",
  413: "payload_too_large",
  415: "unsupported_media_type",
  422: "unprocessable_entity",
  429: "rate_limit_exceeded",
  500: "server_error",
  501: "unsupported",
  502: "bad_gateway",
  503: "service_unavailable",
  504: "gateway_timeout",
};

/** Operations for which a code means something else. Source: Intercom's descriptions of the two operations. */
const RETRYABLE_BY_OPERATION: Readonly<Record<string, boolean>> = {
  "GET /companies/scroll server_error": false,
  "PUT /teams/{id} conflict": true,
};

/** Whether the simulator itself can say if a code is retryable. */
export function knowsCode(code: string): boolean {
  return Object.hasOwn(RETRYABLE_BY_CODE, code);
}

/** The code that stands for a status alone; `undefined` below 400. */
export function codeOfStatus(status: number): string | undefined {
  if (status < 400) return undefined;
  return CODE_BY_STATUS[status] ?? (status < 500 ? "client_error" : "server_error");
}

/** A response with a status and nothing that Intercom would say; below 400 it is not an error. */
export function errorOfStatus(status: number): ExpectedError | undefined {
  const code = codeOfStatus(status);
  return code === undefined ? undefined : { code };
}

/** Another host responded, or something in front of Intercom did: a page tells that by its words below 500. */
export function errorOfOther(status: number): ExpectedError | undefined {
  const code = codeOfStatus(status);
  return code === undefined
    ? undefined
    : { code: "not_intercom", retryable: RETRYABLE_BY_CODE[code] ?? false };
}

/** Whether a known code is retryable for an operation; an unknown one is not. */
export function isRetryable(method: string, urlTemplate: string, code: string): boolean {
  return RETRYABLE_BY_OPERATION[`${method} ${urlTemplate} ${code}`] ?? RETRYABLE_BY_CODE[code] ?? false;
}
