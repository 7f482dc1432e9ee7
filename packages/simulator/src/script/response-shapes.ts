import {
  anything,
  boolean,
  either,
  filledString,
  integer,
  list,
  number,
  type OfKind,
  object,
  oneOf,
  optional,
  record,
  refine,
  type Shape,
  satisfies,
  string,
} from "@intercom-telemetry/guards/shape";
import { knowsCode } from "../expected-errors.ts";
import { HEADER_VALUE, HEADERS } from "./header-shapes.ts";
import type * as Actions from "./response-action.ts";

const anyStatus = integer(200, 599);
const statusWithBody: Shape<number> = refine(anyStatus, (status, path, report) => {
  if ([204, 205, 304].includes(status)) report(path, `expected a status that has a body, got ${status}`);
});
/** Without a usable code only a failing status has a meaning; for anything else there is `respond`. */
const failure = integer(400, 599);
const extras = {
  headers: optional(HEADERS),
  retryAfter: optional(either("seconds or an HTTP date", number(0, 1e9), HEADER_VALUE)),
};
const kind = <K extends string>(name: K) => oneOf([name] as const);
const entry = {
  code: filledString,
  message: optional(string()),
  field: optional(string()),
  data: optional(record(anything)),
};
const entryCheck = object<Actions.ErrorEntry>(entry);

const redirectStatus = oneOf([301, 302, 303, 307, 308] as const);

const bare = <Kind extends Actions.BareAction["kind"]>(name: Kind, status: Shape<number> = statusWithBody) =>
  object<Actions.BareAction & { readonly kind: Kind }>({ kind: kind(name), status, ...extras });

const redirectTarget = satisfies<string>(
  "self, storage or a path on this server",
  (value) =>
    value === "self" || value === "storage" || (typeof value === "string" && /^\/[\x21-\x7e]*$/.test(value)),
);

/** An unknown code cannot be classified, so the script has to. */
function withMeaning<T extends { readonly retryable?: boolean }>(
  shape: Shape<T>,
  codeOf: (action: T) => string,
): Shape<T> {
  return refine(shape, (action, path, report) => {
    if (action.retryable === undefined && !knowsCode(codeOf(action)))
      report(
        [...path, "retryable"],
        "expected a boolean, since the simulator does not know the code, got nothing",
      );
  });
}

/** The shape of each kind of scripted response. */
export const RESPONSE_SHAPES: {
  readonly [K in Actions.ResponseAction["kind"]]: Shape<OfKind<Actions.ResponseAction, "kind", K>>;
} = {
  error_list: withMeaning(
    object<Actions.ErrorListAction>({
      kind: kind("error_list"),
      status: statusWithBody,
      ...entry,
      retryable: optional(boolean),
      more: optional(list(entryCheck)),
      codeKey: optional(oneOf(["code", "type"] as const)),
      requestId: optional(boolean),
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
    message: optional(string()),
    ...extras,
  }),
  error_key: withMeaning(
    object<Actions.ErrorKeyAction>({
      kind: kind("error_key"),
      status: optional(statusWithBody),
      key: filledString,
      message: optional(string()),
      retryable: optional(boolean),
      ...extras,
    }),
    (action) => action.key,
  ),
  html: bare("html"),
  xml: bare("xml"),
  empty: bare("empty", anyStatus),
  no_errors: bare("no_errors", failure),
  null_body: bare("null_body"),
  cut_json: bare("cut_json"),
  numeric_code: bare("numeric_code", failure),
  long_code: bare("long_code", failure),
  invalid_utf8: bare("invalid_utf8", failure),
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
    means: optional(object<Actions.StatedMeaning>({ code: filledString, retryable: boolean })),
    ...extras,
  }),
};
