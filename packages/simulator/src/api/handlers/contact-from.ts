import type { Contact } from "../../state/records.ts";
import type { ApiRequest } from "../api-request.ts";
import { found } from "../refusal.ts";
import { contactOf } from "./contacts.ts";

/** The contact that a body points at by `id`, `intercom_user_id`, `user_id` or `email`; else 404. */
export function contactFrom({ app, origin }: ApiRequest, pointer: unknown): Contact {
  const given = (typeof pointer === "object" && pointer !== null ? pointer : {}) as Record<string, unknown>;
  const id = given.id ?? given.intercom_user_id;
  if (typeof id === "string") return contactOf(app.workspace, id, origin);
  const { contacts } = app.workspace;
  const contact =
    (typeof given.user_id === "string" ? contacts.findBy("external_id", given.user_id) : undefined) ??
    (typeof given.email === "string" ? contacts.findBy("email", given.email.toLowerCase()) : undefined);
  return found(contact, "User Not Found");
}
