import type { Company, Contact } from "../../state/records.ts";
import { jsonResponse } from "../../wire/response.ts";
import type { ApiHandler, ApiRequest } from "../api-request.ts";
import { pageByNumber } from "../paging.ts";
import { asText } from "../scalars.ts";
import { foundCompany } from "./companies.ts";
import { contactOf } from "./contacts.ts";
import { serializeCompany, serializeContact, serializePage } from "./serialize.ts";

const contactIn = ({ app, params, origin }: ApiRequest): Contact =>
  contactOf(app.workspace, params.id ?? "", origin);

const companyIn = ({ app }: ApiRequest, id: unknown): Company =>
  foundCompany(app.workspace.companies.get(asText(id)));

function change(request: ApiRequest, company: Company, apply: (ids: Set<string>, id: string) => void) {
  const contact = contactIn(request);
  const ids = new Set(contact.company_ids);
  apply(ids, company.id);
  request.app.workspace.contacts.put({ ...contact, company_ids: [...ids] }, request.nowSeconds);
  return jsonResponse(200, serializeCompany(company));
}

const listCompanies: ApiHandler = (request) => {
  const { companies } = request.app.workspace;
  const joined = contactIn(request)
    .company_ids.map((id) => companies.get(id))
    .filter((company) => company !== undefined);
  const page = serializePage(pageByNumber(joined, request), serializeCompany);
  // The official SDKs read `companies`, Intercom's own examples have `data`.
  return jsonResponse(200, { ...page, companies: page.data });
};

const listContacts: ApiHandler = (request) => {
  const { id } = companyIn(request, request.params.id);
  const members = request.app.workspace.contacts.all().filter(({ company_ids }) => company_ids.includes(id));
  return jsonResponse(200, serializePage(pageByNumber(members, request), serializeContact));
};

/** Which contact belongs to which company, by operation. */
export const MEMBERSHIP_HANDLERS: Readonly<Record<string, ApiHandler>> = {
  "GET /contacts/{id}/companies": listCompanies,
  // The unstable methods of the official SDKs 6 and 7 send the id under another name.
  "POST /contacts/{id}/companies": (request) =>
    change(request, companyIn(request, request.body.id ?? request.body.company_id), (ids, id) => ids.add(id)),
  "DELETE /contacts/{id}/companies/{company_id}": (request) =>
    change(request, companyIn(request, request.params.company_id), (ids, id) => ids.delete(id)),
  "GET /companies/{id}/contacts": listContacts,
};
