import {
  type Check,
  either,
  filledText,
  flag,
  integer,
  number,
  oneOf,
  optional,
  refuse,
  text,
} from "../checks/check.ts";
import { checkHeaders, headerValue } from "../checks/check-headers.ts";
import { list, type OfKind, object, record } from "../checks/check-object.ts";
import { knowsCode } from "../expected-errors.ts";
import type * as Actions from "./response-action.ts";

const anyStatus = integer(200, 599);
const statusWithBody: Check<number> = (value, position) =>
  value === 204 || value === 205 || value === 304
    ? refuse(position, "a status that has a body", value)
    : anyStatus(value, position);
/** Without a usable code only a failing status has a meaning; for anything else there is `respond`. */
const failure = integer(400, 599);
const extras = {
  headers: optional(checkHeaders),
  retryAfter: optional(either("seconds or an HTTP date", number(0, 1e9), headerValue)),
};
const anything: Check<unknown> = (value) => value;
const kind = <K extends string>(name: K) => oneOf([name] as const);
const entry = {
  code: filledText,
  message: optional(text),
  field: optional(text),
  data: optional(record(anything)),
};
const entryCheck = object<Actions.ErrorEntry>(entry);

const redirectStatus: Check<301 | 302 | 303 | 307 | 308> = (value, position) =>
  ([301, 302, 303, 307, 308] as const).find((status) => status === value) ??
  refuse(position, "one of 301, 302, 303, 307, 308", value);

const bareFields = { status: statusWithBody, ...extras };

const redirectTarget: Check<string> = (value, position) =>
  value === "self" || value === "storage" || (typeof value === "string" && /^\/[\x21-\x7e]*$/.test(value))
    ? value
    : refuse(position, "self, storage or a path on this server", value);

/** An unknown code cannot be classified, so the script has to. */
function judged<T extends { readonly retryable?: boolean }>(
  check: Check<T>,
  codeOf: (action: T) => string,
): Check<T> {
  return (value, position) => {
    const action = check(value, position);
    const code = codeOf(action);
    if (action.retryable === undefined && !knowsCode(code)) {
      refuse(
        `${position}.retryable`,
        `a boolean (the simulator does not know the code "${code.slice(0, 64)}")`,
        undefined,
      );
    }
    return action;
  };
}

/** The check of each kind of scripted response. */
export const RESPONSE_CHECKS: {
  readonly [K in Actions.ResponseAction["kind"]]: Check<OfKind<Actions.ResponseAction, K>>;
} = {
  error_list: judged(
    object<Actions.ErrorListAction>({
      kind: kind("error_list"),
      status: statusWithBody,
      ...entry,
      retryable: optional(flag),
      more: optional(list(entryCheck)),
      codeKey: optional(oneOf(["code", "type"] as const)),
      requestId: optional(flag),
      ...extras,
    }),
    (action) => action.code,
  ),
  errors_by_field: object<Actions.ErrorsByFieldAction>({
    kind: kind("errors_by_field"),
    status: optional(statusWithBody),
    fields: optional(record(anything)),
    ...extras,
  }),
  error_message: object<Actions.ErrorMessageAction>({
    kind: kind("error_message"),
    status: failure,
    message: optional(text),
    ...extras,
  }),
  error_key: judged(
    object<Actions.ErrorKeyAction>({
      kind: kind("error_key"),
      status: optional(statusWithBody),
      key: filledText,
      message: optional(text),
      retryable: optional(flag),
      ...extras,
    }),
    (action) => action.key,
  ),
  html: object({ kind: kind("html"), ...bareFields }),
  xml: object({ kind: kind("xml"), ...bareFields }),
  empty: object({ kind: kind("empty"), ...bareFields, status: anyStatus }),
  no_errors: object({ kind: kind("no_errors"), ...bareFields, status: failure }),
  null_body: object({ kind: kind("null_body"), ...bareFields }),
  cut_json: object({ kind: kind("cut_json"), ...bareFields }),
  numeric_code: object({ kind: kind("numeric_code"), ...bareFields, status: failure }),
  long_code: object({ kind: kind("long_code"), ...bareFields, status: failure }),
  invalid_utf8: object({ kind: kind("invalid_utf8"), ...bareFields, status: failure }),
  oversized: object<Actions.OversizedAction>({
    kind: kind("oversized"),
    status: failure,
    bytes: optional(integer(1, 16 * 1024 * 1024)),
    ...extras,
  }),
  rate_limited: object<Actions.RateLimitedAction>({
    kind: kind("rate_limited"),
    by: oneOf(["window", "jobs", "overload"] as const),
    ...extras,
  }),
  redirect: object<Actions.RedirectAction>({
    kind: kind("redirect"),
    status: optional(redirectStatus),
    to: redirectTarget,
    ...extras,
  }),
  not_modified: object<Actions.NotModifiedAction>({ kind: kind("not_modified"), ...extras }),
  respond: object<Actions.RespondAction>({
    kind: kind("respond"),
    status: anyStatus,
    body: optional(anything),
    means: optional(object<Actions.StatedMeaning>({ code: filledText, retryable: flag })),
    ...extras,
  }),
};
