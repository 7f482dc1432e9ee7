import { explainIntercomError } from "@intercom-telemetry/fetch";
import type { Intercom, IntercomClient } from "intercom-client-7";

/** The contact, or `undefined` when there is no such contact. Any other error is thrown. */
export async function findContact(
  client: IntercomClient,
  id: string,
): Promise<Intercom.ContactsFindResponse | undefined> {
  try {
    return await client.contacts.find({ contact_id: id });
  } catch (error) {
    if (explainIntercomError(error).code === "not_found") return undefined;
    throw error;
  }
}
