import type { ApiHandler } from "../api-request.ts";
import { requiredText } from "../read-fields.ts";
import { ADMIN_HANDLERS } from "./admins.ts";
import { COMPANY_HANDLERS } from "./companies.ts";
import { CONTACT_HANDLERS } from "./contacts.ts";
import { CONVERSATION_HANDLERS } from "./conversations.ts";
import { EXPORT_HANDLERS } from "./exports.ts";
import { MEMBERSHIP_HANDLERS } from "./memberships.ts";
import { TAG_HANDLERS } from "./tags.ts";

/** Events are taken and forgotten; a duplicate gets the same response. */
const submitEvent: ApiHandler = ({ body }) => {
  requiredText(body, "event_name");
  return { status: 202 };
};

/** The operations that keep state or check their body, by `METHOD template`. All others respond generically. */
export const HANDLERS: ReadonlyMap<string, ApiHandler> = new Map(
  Object.entries({
    ...ADMIN_HANDLERS,
    ...CONTACT_HANDLERS,
    ...MEMBERSHIP_HANDLERS,
    ...TAG_HANDLERS,
    ...CONVERSATION_HANDLERS,
    ...COMPANY_HANDLERS,
    ...EXPORT_HANDLERS,
    "POST /events": submitEvent,
  }),
);
