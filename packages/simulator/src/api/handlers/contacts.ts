import type { Contact } from "../../state/records.ts";
import type { Workspace } from "../../state/workspace.ts";
import { jsonResponse } from "../../wire/response.ts";
import type { ApiHandler, ApiRequest } from "../api-request.ts";
import { pageByCursor } from "../paging.ts";
import { found, Refusal } from "../refusal.ts";
import { asText } from "../scalars.ts";
import { searchRecords } from "../search.ts";
import { readContactChanges, readContactField, rejectDuplicate } from "./contact-fields.ts";
import { serializeContact, serializePage } from "./serialize.ts";

const MOST_MERGES = 10_000;
const NO_CONTACT = "User Not Found";

/** The contact, or 404, or 410 with the survivor in a `Link` header when it was merged. */
export function contactOf(workspace: Workspace, id: string, origin: string): Contact {
  const survivor = workspace.mergedInto.get(id);
  if (survivor !== undefined) {
    throw new Refusal(410, "contact_merged", "The contact was merged into another one", {
      Link: `<${origin}/contacts/${survivor}>; rel="canonical"`,
    });
  }
  return found(workspace.contacts.get(id), NO_CONTACT);
}

const named = ({ app, params, origin }: ApiRequest): Contact =>
  contactOf(app.workspace, params.id ?? "", origin);

/** Stores a changed contact and returns it. */
function save({ app, nowSeconds }: ApiRequest, contact: Contact) {
  const updated = { ...contact, updated_at: Math.floor(nowSeconds) };
  app.workspace.contacts.put(updated, nowSeconds);
  return updated;
}

const create: ApiHandler = (request) => {
  const { app, body, nowSeconds } = request;
  const { fields, role = "user", email = null, external_id = null } = readContactChanges(body);
  if (body.role === undefined && email === null && external_id === null) {
    throw new Refusal(400, "parameter_not_found", "One of role, email and external_id is required");
  }
  const created_at = Math.floor(nowSeconds);
  const id = app.workspace.nextHexId();
  rejectDuplicate(app.workspace, { id, role, email, external_id });
  const blank = { tag_ids: [], company_ids: [], archived: false, updated_at: created_at };
  const contact = { id, role, email, external_id, created_at, fields, ...blank };
  return jsonResponse(200, serializeContact(save(request, contact)));
};

const update: ApiHandler = (request) => {
  const contact = named(request);
  const { fields, ...changes } = readContactChanges(request.body);
  const changed = { ...contact, ...changes, fields: { ...contact.fields, ...fields } };
  rejectDuplicate(request.app.workspace, changed);
  return jsonResponse(200, serializeContact(save(request, changed)));
};

const remove: ApiHandler = (request) => {
  const { id, external_id } = named(request);
  request.app.workspace.contacts.remove(id, request.nowSeconds);
  return jsonResponse(200, { type: "contact", id, external_id, deleted: true });
};

const archive =
  (archived: boolean): ApiHandler =>
  (request) => {
    const { id, external_id } = save(request, { ...named(request), archived });
    return jsonResponse(200, { type: "contact", id, external_id, archived });
  };

const search: ApiHandler = (request) => {
  const page = searchRecords(request.app.workspace.contacts, request, readContactField);
  return jsonResponse(200, serializePage(page, serializeContact));
};

const list: ApiHandler = ({ app, query }) => {
  const contacts = app.workspace.contacts.all().filter(({ archived }) => !archived);
  const page = pageByCursor(contacts, query.get("per_page"), query.get("starting_after"));
  return jsonResponse(200, serializePage(page, serializeContact));
};

const findByExternalId: ApiHandler = ({ app, params }) => {
  const contact = app.workspace.contacts.findBy("external_id", params.external_id ?? "");
  return jsonResponse(200, serializeContact(found(contact, NO_CONTACT)));
};

function rememberMerge({ mergedInto }: Workspace, from: string, into: string): void {
  mergedInto.set(from, into);
  const [oldest] = mergedInto.keys();
  if (mergedInto.size > MOST_MERGES && oldest !== undefined) mergedInto.delete(oldest);
}

const merge: ApiHandler = (request) => {
  const { app, body, nowSeconds, origin } = request;
  const from = contactOf(app.workspace, asText(body.from), origin);
  const into = contactOf(app.workspace, asText(body.into), origin);
  if (from.role !== "lead" || from.id === into.id) {
    throw new Refusal(400, "invalid_merge", "Only a lead can be merged, and into another contact");
  }
  app.workspace.contacts.remove(from.id, nowSeconds);
  rememberMerge(app.workspace, from.id, into.id);
  const fields = { ...from.fields, ...into.fields };
  return jsonResponse(
    200,
    serializeContact(save(request, { ...into, email: into.email ?? from.email, fields })),
  );
};

/** Contacts by operation. */
export const CONTACT_HANDLERS: Readonly<Record<string, ApiHandler>> = {
  "GET /contacts": list,
  "POST /contacts": create,
  "POST /contacts/search": search,
  "POST /contacts/merge": merge,
  "GET /contacts/find_by_external_id/{external_id}": findByExternalId,
  "GET /contacts/{id}": (request) => jsonResponse(200, serializeContact(named(request))),
  "PUT /contacts/{id}": update,
  "DELETE /contacts/{id}": remove,
  "POST /contacts/{id}/archive": archive(true),
  "POST /contacts/{id}/unarchive": archive(false),
};
