/** One statement, snippet or row of the quick reference that people use, restated, and what became of it here. */
export interface ReferenceRow {
  /** Where in the reference it stands. */
  readonly part: string;
  /** What the reference says. */
  readonly says: string;
  readonly verdict: "right" | "incomplete" | "wrong";
  /** What is missing or wrong; absent when it is right. */
  readonly truth?: string;
  /** What does it here. */
  readonly here: string;
  /** Codes of the catalog that it is about. */
  readonly codes?: readonly string[];
}

const UNAUTHORIZED = ["unauthorized"];
const FORBIDDEN = ["forbidden"];

/** The statements on 401, 403 and 404, and on the body that all errors have. */
export const RESPONSE_ROWS = {
  bodyShape: {
    part: "Error body",
    says: "every error is a list with a type, a request id, and entries of code and message",
    verdict: "incomplete",
    truth:
      "there are fifteen shapes: without request id, with fields instead of entries, with `error_key`, HTML, empty, cut off",
    here: "`classify`, `explainEnding`",
  },
  requestIdShape: {
    part: "Error body",
    says: "request ids begin with `req_`",
    verdict: "wrong",
    truth: "real ones are UUIDs or 20 letters and digits, and when the body has none, `X-Request-Id` does",
    here: "`intercom.request.id`, `explainIntercomError(error).requestId`",
  },
  unauthorizedToken: {
    part: "401",
    says: "the token is expired, revoked or malformed",
    verdict: "incomplete",
    truth:
      "nothing expires on a schedule; and `token_unauthorized` is a 401 with a good token that lacks a right",
    here: "catalog, `doctor`: token",
    codes: [...UNAUTHORIZED, "token_revoked", "token_expired", "token_unauthorized"],
  },
  unauthorizedEnvironment: {
    part: "401",
    says: "a test token is used against production, or the other way round",
    verdict: "incomplete",
    truth: "a token of another region, European or Australian, looks the same at the American host",
    here: "`doctor`: region",
    codes: UNAUTHORIZED,
  },
  unauthorizedRegenerated: {
    part: "401",
    says: "the token was regenerated and the app still has the old one",
    verdict: "right",
    here: "catalog: cause",
    codes: UNAUTHORIZED,
  },
  unauthorizedVerify: {
    part: "401",
    says: "ask /me with curl and look for the type `admin`",
    verdict: "incomplete",
    truth: "it proves the token and no scope, and says nothing on region, quota or clock",
    here: "`doctor`: token, permissions",
  },
  unauthorizedRegenerate: {
    part: "401",
    says: "issue a new token in the Developer Hub",
    verdict: "incomplete",
    truth: "with OAuth the workspace has to authorize again: there is no refresh token",
    here: "catalog: action",
    codes: UNAUTHORIZED,
  },
  forbiddenScope: {
    part: "403",
    says: "the OAuth app lacks a scope",
    verdict: "right",
    here: "catalog, `doctor`: permissions",
    codes: FORBIDDEN,
  },
  forbiddenWorkspace: {
    part: "403",
    says: "the resource is in another workspace",
    verdict: "wrong",
    truth: "what a token cannot see is a 404",
    here: "catalog: cause of `not_found`",
    codes: ["not_found"],
  },
  forbiddenAdmin: {
    part: "403",
    says: "the teammate may not do that",
    verdict: "right",
    here: "catalog: `action_forbidden`",
    codes: ["action_forbidden"],
  },
  forbiddenFix: {
    part: "403",
    says: "add the scope in the Developer Hub",
    verdict: "incomplete",
    truth: "the app then has to be authorized again, and `api_plan_restricted` is a 403 that no scope mends",
    here: "category `permission` or `plan`, catalog: action",
    codes: [...FORBIDDEN, "api_plan_restricted"],
  },
  missingInvalid: {
    part: "404",
    says: "the id of the contact, conversation or article is invalid",
    verdict: "right",
    here: "catalog",
    codes: ["not_found", "company_not_found", "ticket_not_found"],
  },
  missingDeleted: {
    part: "404",
    says: "the resource was deleted",
    verdict: "incomplete",
    truth: "a merged contact is a 410, with the surviving contact in the `Link` header",
    here: "catalog: `contact_merged`; example `find-or-create-contact`",
    codes: ["contact_merged"],
  },
  missingKindOfId: {
    part: "404",
    says: "the app's own id was sent where Intercom's is expected",
    verdict: "right",
    here: "catalog: action; `GET /contacts/find_by_external_id/{external_id}` is in the operation table",
    codes: ["not_found"],
  },
  missingSnippet: {
    part: "404",
    says: "find with `contactId`, and catch the error by its status",
    verdict: "wrong",
    truth: "SDK 6 and 7 take `contact_id`; a 404 that you expect should also not be an error in traces",
    here: "option `expectedStatuses`",
    codes: ["not_found"],
  },
} as const satisfies Record<string, ReferenceRow>;

/** The statements on conflicts and invalid input. */
export const INPUT_ROWS = {
  conflictDuplicate: {
    part: "409",
    says: "a contact with that external id or address exists",
    verdict: "right",
    here: "catalog: `conflict`",
    codes: ["conflict"],
  },
  conflictRace: {
    part: "409",
    says: "contacts are created concurrently",
    verdict: "right",
    here: "the simulator has the race: its search lags behind writes",
    codes: ["conflict"],
  },
  conflictSnippet: {
    part: "409",
    says: "search by address first, create when nothing is found",
    verdict: "wrong",
    truth: "that is the race: search lags, all callers create, all but one fail",
    here: "example `find-or-create-contact`: create, on conflict read the id",
    codes: ["conflict"],
  },
  invalidValue: {
    part: "422",
    says: "a value has the wrong form or type",
    verdict: "incomplete",
    truth: "`parameter_invalid` also comes with 400 and 404, and other codes say the same",
    here: "category `validation` by code, whatever the status",
    codes: ["parameter_invalid", "type_mismatch", "data_invalid"],
  },
  invalidMissing: {
    part: "422",
    says: "a required field is missing",
    verdict: "incomplete",
    truth: "that is mostly a 400 with its own code",
    here: "catalog",
    codes: ["parameter_not_found", "parameter_missing", "field_not_found"],
  },
  invalidAttributeName: {
    part: "422",
    says: "a custom attribute's name is longer than 190 characters",
    verdict: "incomplete",
    truth: "the figure is in no documentation that we have; the response has one of the validation codes",
    here: "category `validation`; the figure is not repeated",
    codes: ["parameter_invalid", "custom_data_limit_reached"],
  },
  invalidFix: {
    part: "422",
    says: "validate before sending, and read the entries of the error",
    verdict: "incomplete",
    truth: "there may be several entries, or fields instead of them",
    here: "`OutcomeError.entries`; messages are not recorded, since they quote people's data",
    codes: ["validation_error"],
  },
} as const satisfies Record<string, ReferenceRow>;

/** The statements on limits and on Intercom's own failures. */
export const LIMIT_ROWS = {
  limitExceeded: {
    part: "429",
    says: "the rate limit was exceeded",
    verdict: "incomplete",
    truth: "a 429 can also mean pending export jobs or an overloaded server, with quota left",
    here: "`retryMode`: `after_reset`, `wait_for_condition` or `backoff`",
    codes: ["rate_limit_exceeded", "too_many_requests", "retry_after"],
  },
  limitHeaders: {
    part: "429",
    says: "three headers give limit, rest and reset, the limit being 10000",
    verdict: "wrong",
    truth: "the limit is that of one 10-second window: about 1667 where 10,000 a minute are allowed",
    here: "`intercom_client_rate_limit_*`, `intercom.rate_limit.*`; `doctor`: rate limit",
  },
  limitFigures: {
    part: "429",
    says: "10,000 a minute for an app, 25,000 for a workspace",
    verdict: "incomplete",
    truth: "no minute is ever enforced, only its sixth; older accounts have less, so the header decides",
    here: "`intercom_client_rate_limit_window_usage_ratio`; nothing is hard-coded",
  },
  limitSnippet: {
    part: "429",
    says: "read the reset from the error's headers, wait until a second after it, try three times",
    verdict: "wrong",
    truth:
      "SDK 6 and 7 have no `err.headers`, so it never sees the reset; where it does, all callers return at once; it retries on top of the SDK's own retries, and job limits too",
    here: "`intercomFetch({ retry })`, `intercomRetry`, measured in `packages/axios/docs/retry.md`",
    codes: ["rate_limit_exceeded"],
  },
  serverCause: {
    part: "5xx",
    says: "Intercom's side failed",
    verdict: "incomplete",
    truth: "the body is often a gateway's HTML without code or request id; a timeout has no response at all",
    here: "status table, transport codes",
    codes: ["server_error", "bad_gateway", "service_unavailable", "gateway_timeout", "timeout"],
  },
  serverStatusPage: {
    part: "5xx",
    says: "fetch the status page's summary with curl",
    verdict: "wrong",
    truth: "the address redirects and curl follows only when told to, so nothing is printed",
    here: "`doctor`: platform; `serve`: `intercom_platform_status`",
  },
  serverRetry: {
    part: "5xx",
    says: "retry as for a 429",
    verdict: "wrong",
    truth: "a write may have been done: retried blindly, it is done twice; a broken scroll starts over",
    here: "`intercomRetry`: `replayHint`, `replayUnknownWrites`",
    codes: ["server_error"],
  },
  serverSupport: {
    part: "5xx",
    says: "give the request id to Intercom's support",
    verdict: "right",
    here: "`intercom.request.id`, `explainIntercomError(error).line`, `doctor`",
  },
} as const satisfies Record<string, ReferenceRow>;

/** The diagnostic script, and the table that closes the reference. */
export const SUMMARY_ROWS = {
  scriptAuth: {
    part: "Diagnostic script",
    says: "print OK when /me responds with 200",
    verdict: "incomplete",
    truth: "everything else is FAIL, with no word on why",
    here: "`doctor`: token, with cause, action and request id",
  },
  scriptRemaining: {
    part: "Diagnostic script",
    says: "print what is left of the rate limit",
    verdict: "incomplete",
    truth: "without a valid token there is no such header, and it prints nothing",
    here: "`doctor`: rate limit",
  },
  scriptStatus: {
    part: "Diagnostic script",
    says: "print the description of Intercom's status",
    verdict: "wrong",
    truth: "redirected, as above; and one sentence for all regions and products",
    here: "`doctor`: platform, by component, with open incidents; unreachable means unknown",
  },
  tableUnauthorized: {
    part: "Closing table",
    says: "`unauthorized`, 401: not retryable, regenerate the token",
    verdict: "right",
    here: "catalog",
    codes: UNAUTHORIZED,
  },
  tableForbidden: {
    part: "Closing table",
    says: "`forbidden`, 403: not retryable, add the scope",
    verdict: "right",
    here: "catalog",
    codes: FORBIDDEN,
  },
  tableMissing: {
    part: "Closing table",
    says: "`not_found`, 404: not retryable, check the id",
    verdict: "right",
    here: "catalog",
    codes: ["not_found"],
  },
  tableConflict: {
    part: "Closing table",
    says: "`conflict`, 409: not retryable, search before create",
    verdict: "wrong",
    truth: "read the contact that the 409 names; and on `PUT /teams/{id}` the conflict passes by itself",
    here: "catalog, `OPERATION_EXCEPTIONS`",
    codes: ["conflict"],
  },
  tableInvalid: {
    part: "Closing table",
    says: "`parameter_invalid`, 422: not retryable, fix the input",
    verdict: "incomplete",
    truth: "also with 400 and 404",
    here: "catalog",
    codes: ["parameter_invalid"],
  },
  tableLimit: {
    part: "Closing table",
    says: "`rate_limit_exceeded`, 429: retryable, back off",
    verdict: "incomplete",
    truth: "wait for the window's end and not exponentially; a job limit waits for the job",
    here: "catalog: `retryMode`",
    codes: ["rate_limit_exceeded"],
  },
  tableServer: {
    part: "Closing table",
    says: "`server_error`, 500 and above: retryable, see the status page",
    verdict: "incomplete",
    truth: "502, 503 and 504 mean different things and have separate codes; 501 does not pass",
    here: "status table: `describeStatus`",
    codes: ["server_error", "bad_gateway", "service_unavailable", "gateway_timeout"],
  },
} as const satisfies Record<string, ReferenceRow>;

/** All of them, in the reference's order. */
export const REFERENCE_ROWS = { ...RESPONSE_ROWS, ...INPUT_ROWS, ...LIMIT_ROWS, ...SUMMARY_ROWS };
