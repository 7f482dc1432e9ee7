import { type Intercom, type IntercomClient, IntercomError } from "intercom-client-7";

/** The message of the 409 names the contact that exists. */
const EXISTING_ID = /\bid=([0-9a-f]{24})\b/;

function readExistingId(error: unknown): string | undefined {
  if (!(error instanceof IntercomError) || error.statusCode !== 409) return undefined;
  return EXISTING_ID.exec(JSON.stringify(error.body))?.[1];
}

/** Creates the contact; when it exists already, reads it. Safe to call concurrently. */
export async function findOrCreateContact(
  client: IntercomClient,
  email: string,
  externalId: string,
): Promise<Intercom.ContactsCreateResponse> {
  try {
    return await client.contacts.create({ role: "user", email, external_id: externalId });
  } catch (error) {
    const id = readExistingId(error);
    if (id === undefined) throw error;
    return client.contacts.find({ contact_id: id });
  }
}
