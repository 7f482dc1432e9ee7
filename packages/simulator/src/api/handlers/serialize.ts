import type { Company, Contact, Conversation, Fields, Tag } from "../../state/records.ts";
import type { Page } from "../paging.ts";

const sublist = (type: string, ids: readonly string[], url: string): Fields => ({
  type: "list",
  data: ids.map((id) => ({ type, id, url: `/${type === "tag" ? "tags" : "companies"}/${id}` })),
  url,
  total_count: ids.length,
  has_more: false,
});

/** A contact as it goes over the wire. */
export function serializeContact({ tag_ids, company_ids, fields, archived, ...contact }: Contact): Fields {
  const url = `/contacts/${contact.id}`;
  return {
    ...fields,
    type: "contact",
    ...contact,
    archived,
    tags: sublist("tag", tag_ids, `${url}/tags`),
    companies: sublist("company", company_ids, `${url}/companies`),
  };
}

/** A conversation as it goes over the wire. */
export function serializeConversation(
  conversation: Conversation,
  tagsById: (id: string) => Tag | undefined,
): Fields {
  const { parts, contact_ids, tag_ids, body, state, ...rest } = conversation;
  const contacts = contact_ids.map((id) => ({ type: "contact", id }));
  return {
    type: "conversation",
    ...rest,
    state,
    open: state === "open",
    source: {
      type: "conversation",
      id: rest.id,
      delivered_as: "customer_initiated",
      body,
      author: contacts[0] ?? null,
    },
    contacts: { type: "contact.list", contacts },
    tags: {
      type: "tag.list",
      tags: tag_ids
        .map(tagsById)
        .filter((tag) => tag !== undefined)
        .map(serializeTag),
    },
    conversation_parts: {
      type: "conversation_part.list",
      conversation_parts: parts.map((part) => ({
        type: "conversation_part",
        ...part,
        notified_at: part.created_at,
        redacted: false,
      })),
      total_count: parts.length,
    },
  };
}

/** A company as it goes over the wire; its plan is written as a name and read as an object. */
export function serializeCompany({ fields: { plan, ...fields }, tag_ids, ...company }: Company): Fields {
  return {
    ...fields,
    ...(typeof plan === "string" ? { plan: { type: "plan", id: plan, name: plan } } : {}),
    type: "company",
    ...company,
    tags: { type: "tag.list", tags: tag_ids.map((id) => ({ type: "tag", id })) },
  };
}

/** A tag as it goes over the wire. */
export function serializeTag({ id, name }: Tag): Fields {
  return { type: "tag", id, name };
}

/** A page of a list. */
export function serializePage<T>({ items, pages, total_count }: Page<T>, show: (item: T) => Fields): Fields {
  return { type: "list", data: items.map(show), total_count, pages };
}
