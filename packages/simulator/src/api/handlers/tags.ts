import type { RecordStore } from "../../state/record-store.ts";
import type { Tag } from "../../state/records.ts";
import type { Workspace } from "../../state/workspace.ts";
import { jsonResponse } from "../../wire/response.ts";
import type { ApiHandler } from "../api-request.ts";
import { requiredText } from "../read-fields.ts";
import { found } from "../refusal.ts";
import { asText } from "../scalars.ts";
import { contactOf } from "./contacts.ts";
import { serializeTag } from "./serialize.ts";

const create: ApiHandler = ({ app, body, nowSeconds }) => {
  const { tags, nextNumericId } = app.workspace;
  const name = requiredText(body, "name");
  const renamed = body.id === undefined ? undefined : found(tags.get(asText(body.id)));
  const tag: Tag = { id: renamed?.id ?? tags.findBy("name", name)?.id ?? nextNumericId(), name };
  tags.put(tag, nowSeconds);
  return jsonResponse(200, serializeTag(tag));
};

const remove: ApiHandler = ({ app, params, nowSeconds }) => {
  const { id } = found(app.workspace.tags.get(params.id ?? ""));
  app.workspace.tags.remove(id, nowSeconds);
  return { status: 200 };
};

const tagsOf = ({ tags }: Workspace, ids: readonly string[]) =>
  ids.map((id) => tags.get(id)).filter((tag) => tag !== undefined);

const listOnContact: ApiHandler = ({ app, params, origin }) => {
  const { tag_ids } = contactOf(app.workspace, params.id ?? "", origin);
  return jsonResponse(200, { type: "list", data: tagsOf(app.workspace, tag_ids).map(serializeTag) });
};

type Tagged = { readonly id: string; readonly tag_ids: readonly string[] };

/** Attaching and detaching work the same way on everything that can be tagged. */
function tagging<T extends Tagged>(storeIn: (workspace: Workspace) => RecordStore<T>) {
  const change =
    (
      tagIdIn: (request: Parameters<ApiHandler>[0]) => unknown,
      apply: (ids: Set<string>, id: string) => void,
    ) =>
    (request: Parameters<ApiHandler>[0]) => {
      const { app, params, nowSeconds, origin } = request;
      const store = storeIn(app.workspace);
      if (request.operation.template.startsWith("/contacts/"))
        contactOf(app.workspace, params.id ?? "", origin);
      const record = found(store.get(params.id ?? ""));
      const tag = found(app.workspace.tags.get(asText(tagIdIn(request))));
      const ids = new Set(record.tag_ids);
      apply(ids, tag.id);
      store.put({ ...record, tag_ids: [...ids] }, nowSeconds);
      return jsonResponse(200, serializeTag(tag));
    };
  return {
    attach: change(
      ({ body }) => body.id,
      (ids, id) => ids.add(id),
    ),
    detach: change(
      ({ params }) => params.tag_id,
      (ids, id) => ids.delete(id),
    ),
  };
}

const onContacts = tagging((workspace) => workspace.contacts);
const onConversations = tagging((workspace) => workspace.conversations);

/** Tags by operation. */
export const TAG_HANDLERS: Readonly<Record<string, ApiHandler>> = {
  "GET /tags": ({ app }) =>
    jsonResponse(200, { type: "list", data: app.workspace.tags.all().map(serializeTag) }),
  "POST /tags": create,
  "GET /tags/{id}": ({ app, params }) =>
    jsonResponse(200, serializeTag(found(app.workspace.tags.get(params.id ?? "")))),
  "DELETE /tags/{id}": remove,
  "GET /contacts/{id}/tags": listOnContact,
  "POST /contacts/{id}/tags": onContacts.attach,
  "DELETE /contacts/{id}/tags/{tag_id}": onContacts.detach,
  "POST /conversations/{id}/tags": onConversations.attach,
  "DELETE /conversations/{id}/tags/{tag_id}": onConversations.detach,
};
