import type { AxiosInstance } from "axios";
import type { Contact, WantedContact } from "./find-or-create-contact.ts";

/** What not to do: between the search and the write, and until the search has caught up, others do the same. */
export async function searchThenCreate(
  intercom: AxiosInstance,
  { email, externalId }: WantedContact,
): Promise<Contact> {
  const query = { field: "email", operator: "=", value: email };
  const { data } = await intercom.post<{ data: Contact[] }>("/contacts/search", { query });
  const [existing] = data.data;
  if (existing) return existing;
  const created = await intercom.post<Contact>("/contacts", { role: "user", email, external_id: externalId });
  return created.data;
}
