import type { ErrorDescription } from "./error-description.ts";
import { STATUS_KINDS } from "./error-kinds.ts";
import { STATUS_CODES } from "./generated/error-kinds.ts";

/** Advice for the codes that only a status can give: their bodies come from a gateway, not from Intercom. */
const ADVICE: Readonly<Record<string, Pick<ErrorDescription, "cause" | "action">>> = {
  method_not_allowed: {
    cause: "This kind of teammate, or this method, may not do that here.",
    action: "Check the method against the reference and the teammate that the token acts for.",
  },
  not_acceptable: {
    cause: "The Accept header is missing or does not fit, or the path does not have this method.",
    action: "Send Accept: application/json (downloads: application/octet-stream) and check the method.",
  },
  unsupported_media_type: {
    cause: "The Content-Type of the body is not one the operation takes.",
    action: "Send Content-Type: application/json (uploads: multipart/form-data).",
  },
  bad_gateway: {
    cause: "A gateway in front of Intercom got no usable response from the server behind it.",
    action: "Retry reads with backoff; look before replaying a write; check the status page when it lasts.",
  },
  gateway_timeout: {
    cause: "A gateway in front of Intercom gave up waiting; a write may have happened.",
    action: "Retry reads with backoff; look before replaying a write; ask for smaller pages on search.",
  },
};

const describe = (): readonly ErrorDescription[] =>
  STATUS_CODES.flatMap(([status, code]) =>
    STATUS_KINDS.filter((kind) => kind.code === code).map((kind) => ({
      ...kind,
      statuses: [status],
      typicalStatus: status,
      cause: "",
      action: "",
      ...ADVICE[code],
    })),
  );

/** Codes that stand for a status and are not in Intercom's own list. */
export const STATUS_ONLY_ERRORS: readonly ErrorDescription[] = /* @__PURE__ */ describe();
