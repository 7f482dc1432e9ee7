import type { Conversation, ConversationPart } from "../../state/records.ts";
import { jsonResponse } from "../../wire/response.ts";
import type { ApiHandler, ApiRequest } from "../api-request.ts";
import { pageByCursor } from "../paging.ts";
import { readFields, requiredText } from "../read-fields.ts";
import { found, Refusal } from "../refusal.ts";
import { asText } from "../scalars.ts";
import { fieldReader, searchRecords } from "../search.ts";
import { authorAdmin } from "./admins.ts";
import { contactFrom } from "./contact-from.ts";
import { serializeConversation } from "./serialize.ts";

/** Intercom returns no more parts than this of one conversation. */
const MOST_PARTS = 500;

const show = ({ app }: ApiRequest, conversation: Conversation) =>
  serializeConversation(conversation, (id) => app.workspace.tags.get(id));

const named = ({ app, params }: ApiRequest): Conversation =>
  found(app.workspace.conversations.get(params.id ?? ""));

function save(request: ApiRequest, conversation: Conversation) {
  const updated = { ...conversation, updated_at: Math.floor(request.nowSeconds) };
  request.app.workspace.conversations.put(updated, request.nowSeconds);
  return jsonResponse(200, show(request, updated));
}

const create: ApiHandler = (request) => {
  const { app, body, nowSeconds } = request;
  const text = requiredText(body, "body");
  const contact = contactFrom(request, body.from);
  const id = app.workspace.nextNumericId();
  const created_at = Math.floor(nowSeconds);
  const fresh = { state: "open" as const, read: false, custom_attributes: {}, parts: [], tag_ids: [] };
  save(request, { id, created_at, updated_at: created_at, body: text, contact_ids: [contact.id], ...fresh });
  return jsonResponse(200, {
    type: `${contact.role}_message`,
    id: app.workspace.nextNumericId(),
    created_at,
    subject: "",
    body: text,
    message_type: "inapp",
    conversation_id: id,
  });
};

const STATE_AFTER: Readonly<Record<string, Conversation["state"]>> = {
  close: "closed",
  open: "open",
  snoozed: "snoozed",
};

const PART_TYPES = ["comment", "note", "close", "open", "snoozed", "assignment", "quick_reply"];

/** A part of a user is by the first contact of the conversation. */
function authorOf({ body, app }: ApiRequest, { contact_ids: [id = ""] }: Conversation) {
  if (body.type !== "user") return authorAdmin(asText(body.admin_id));
  const contact = app.workspace.contacts.get(id);
  return { type: "user", id, name: asText(contact?.fields.name), email: contact?.email ?? "" };
}

function addPart(request: ApiRequest, conversation: Conversation) {
  const { body, app, nowSeconds } = request;
  const part_type = requiredText(body, "message_type");
  if (!PART_TYPES.includes(part_type)) {
    throw new Refusal(400, "parameter_invalid", `message_type must be one of ${PART_TYPES.join(", ")}`);
  }
  const part: ConversationPart = {
    id: app.workspace.nextNumericId(),
    part_type,
    body: typeof body.body === "string" ? body.body : null,
    created_at: Math.floor(nowSeconds),
    author: authorOf(request, conversation),
  };
  const parts = [...conversation.parts, part].slice(-MOST_PARTS);
  return save(request, { ...conversation, parts, state: STATE_AFTER[part_type] ?? conversation.state });
}

const replyToLast: ApiHandler = (request) => {
  const contact = contactFrom(request, request.body);
  const last = request.app.workspace.conversations
    .all()
    .findLast(({ contact_ids }) => contact_ids.includes(contact.id));
  return addPart(request, found(last));
};

const update: ApiHandler = (request) => {
  const conversation = named(request);
  const { read, custom_attributes } = readFields(request.body, {
    read: "boolean",
    custom_attributes: "object",
  });
  return save(request, {
    ...conversation,
    read: read === undefined ? conversation.read : read === true,
    custom_attributes: {
      ...conversation.custom_attributes,
      ...(custom_attributes as object | null | undefined),
    },
  });
};

const remove: ApiHandler = (request) => {
  const { id } = named(request);
  request.app.workspace.conversations.remove(id, request.nowSeconds);
  return jsonResponse(200, { object: "conversation", id, deleted: true });
};

const readField = fieldReader<Conversation>(
  ["id", "state", "read", "created_at", "updated_at", "contact_ids"],
  ({ state, body, tag_ids, custom_attributes }) => ({
    open: state === "open",
    "source.body": body,
    tag_ids,
    custom_attributes,
  }),
  ["open", "source.body", "tag_ids"],
);

const listed = (request: ApiRequest, { items, ...page }: ReturnType<typeof pageByCursor<Conversation>>) =>
  jsonResponse(200, {
    type: "conversation.list",
    conversations: items.map((conversation) => show(request, conversation)),
    ...page,
  });

const search: ApiHandler = (request) =>
  listed(request, searchRecords(request.app.workspace.conversations, request, readField));

const list: ApiHandler = (request) => {
  const { app, query } = request;
  const all = app.workspace.conversations.all();
  return listed(request, pageByCursor(all, query.get("per_page"), query.get("starting_after")));
};

/** Conversations by operation. */
export const CONVERSATION_HANDLERS: Readonly<Record<string, ApiHandler>> = {
  "GET /conversations": list,
  "POST /conversations": create,
  "POST /conversations/search": search,
  "POST /conversations/last/reply": replyToLast,
  "GET /conversations/{id}": (request) => jsonResponse(200, show(request, named(request))),
  "PUT /conversations/{id}": update,
  "DELETE /conversations/{id}": remove,
  "POST /conversations/{id}/reply": (request) => addPart(request, named(request)),
  "POST /conversations/{id}/parts": (request) => addPart(request, named(request)),
};
