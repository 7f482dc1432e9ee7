import type { Contact, Fields } from "../../state/records.ts";
import type { Workspace } from "../../state/workspace.ts";
import { type FieldTypes, readFields } from "../read-fields.ts";
import { Refusal } from "../refusal.ts";
import { fieldReader } from "../search.ts";

const OTHER_FIELDS: FieldTypes = {
  name: "string",
  phone: "string",
  avatar: "string",
  signed_up_at: "number",
  last_seen_at: "number",
  owner_id: "number",
  unsubscribed_from_emails: "boolean",
  language_override: "string",
  custom_attributes: "object",
};

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

/** What a body says about a contact; keys that it does not name are absent. */
export interface ContactChanges {
  readonly role?: Contact["role"];
  readonly email?: string | null;
  readonly external_id?: string | null;
  readonly fields: Fields;
}

/** @throws Refusal 422 for a value that Intercom would not take. */
export function readContactChanges(body: Fields): ContactChanges {
  const { role, email, external_id } = readFields(body, {
    role: "string",
    email: "string",
    external_id: "string",
  });
  if (role !== undefined && role !== "user" && role !== "lead") {
    throw new Refusal(422, "parameter_invalid", "role must be user or lead");
  }
  if (typeof email === "string" && !EMAIL.test(email)) {
    throw new Refusal(422, "parameter_invalid", `email is not a valid address: ${email}`);
  }
  return {
    ...(role === undefined ? {} : { role }),
    ...(email === undefined ? {} : { email: email as string | null }),
    ...(external_id === undefined ? {} : { external_id: external_id as string | null }),
    fields: readFields(body, OTHER_FIELDS),
  };
}

/** @throws Refusal 409 naming the contact that already has the address or the external id. */
export function rejectDuplicate(
  { contacts }: Workspace,
  wanted: Pick<Contact, "id" | "role" | "email" | "external_id">,
): void {
  const { email, external_id, role, id } = wanted;
  const rivals = [
    external_id ? contacts.findBy("external_id", external_id) : undefined,
    email && role === "user" ? contacts.findBy("email", email.toLowerCase()) : undefined,
  ];
  const duplicate = rivals.find((rival) => rival !== undefined && rival.id !== id);
  if (!duplicate) return;
  throw new Refusal(
    409,
    "conflict",
    `A contact matching those details already exists with id=${duplicate.id}`,
  );
}

/** Fields by which contacts can be searched. */
export const readContactField: ReturnType<typeof fieldReader<Contact>> = fieldReader<Contact>(
  ["id", "role", "email", "external_id", "created_at", "updated_at"],
  ({ fields, tag_ids, company_ids }) => ({ ...fields, tag_id: tag_ids, company_id: company_ids }),
  [...Object.keys(OTHER_FIELDS), "tag_id", "company_id"],
);
