/** Any fields of a record, as they go over the wire. */
export type Fields = Readonly<Record<string, unknown>>;

interface Stored {
  readonly id: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly tag_ids: readonly string[];
}

/** A person. Names are those on the wire, because search queries name them too. */
export interface Contact extends Stored {
  readonly role: "user" | "lead";
  readonly external_id: string | null;
  readonly email: string | null;
  readonly archived: boolean;
  readonly company_ids: readonly string[];
  /** Everything else that can be written: name, phone, custom attributes ... */
  readonly fields: Fields;
}

/** A message or an event inside a conversation. */
export interface ConversationPart {
  readonly id: string;
  readonly part_type: string;
  readonly body: string | null;
  readonly created_at: number;
  readonly author: Fields;
}

/** A thread between contacts and teammates. */
export interface Conversation extends Stored {
  readonly state: "open" | "closed" | "snoozed";
  readonly read: boolean;
  readonly body: string;
  readonly contact_ids: readonly string[];
  readonly custom_attributes: Fields;
  readonly parts: readonly ConversationPart[];
}

/** An organization that contacts belong to. */
export interface Company extends Stored {
  /** The caller's own id, unique. */
  readonly company_id: string;
  readonly name: string | null;
  readonly fields: Fields;
}

/** A label for contacts, conversations and companies. */
export interface Tag {
  readonly id: string;
  readonly name: string;
}
