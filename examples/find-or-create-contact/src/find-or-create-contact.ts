import { type AxiosInstance, type AxiosResponse, isAxiosError } from "axios";
import { readConflictId, readSurvivorId } from "./read-ids.ts";

/** A contact as Intercom returns it, as far as it is needed here. */
export interface Contact {
  readonly id: string;
  readonly role: string;
  readonly email: string | null;
  readonly external_id: string | null;
}

/** Whom to find or create. */
export interface WantedContact {
  readonly email: string;
  readonly externalId: string;
}

/** The contact, and whether it came to be by this call. */
export interface FoundContact {
  readonly contact: Contact;
  readonly created: boolean;
}

/** A contact that was merged into one that was merged ... ends somewhere. */
const MOST_MERGES_FOLLOWED = 5;

function responseOf(error: unknown, status: number): AxiosResponse | undefined {
  return isAxiosError(error) && error.response?.status === status ? error.response : undefined;
}

/**
 * Reads a contact, and when it was merged, the one that it was merged into. Only the id is taken from the `Link`
 * header, so that the token goes nowhere but to the instance's own host.
 */
export async function readContact(intercom: AxiosInstance, id: string): Promise<Contact> {
  let current = id;
  for (let followed = 0; ; followed += 1) {
    try {
      const { data } = await intercom.get<Contact>(`/contacts/${encodeURIComponent(current)}`);
      return data;
    } catch (error) {
      const survivor = readSurvivorId(responseOf(error, 410)?.headers.link);
      if (survivor === undefined || followed === MOST_MERGES_FOLLOWED) throw error;
      current = survivor;
    }
  }
}

/**
 * Creates the contact, and when it exists already, reads the one that Intercom names.
 *
 * Asking the search first would race: it lags behind writes, so two callers find nothing and both create, and one of
 * them fails. Here the write itself decides, and its refusal says the id. Sending it twice is harmless.
 */
export async function findOrCreateContact(
  intercom: AxiosInstance,
  { email, externalId }: WantedContact,
): Promise<FoundContact> {
  try {
    const body = { role: "user", email, external_id: externalId };
    const { data } = await intercom.post<Contact>("/contacts", body);
    return { contact: data, created: true };
  } catch (error) {
    const id = readConflictId(responseOf(error, 409)?.data);
    if (id === undefined) throw error;
    return { contact: await readContact(intercom, id), created: false };
  }
}
