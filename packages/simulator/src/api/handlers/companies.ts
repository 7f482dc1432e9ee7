import type { Company } from "../../state/records.ts";
import { jsonResponse } from "../../wire/response.ts";
import type { ApiHandler, ApiRequest } from "../api-request.ts";
import { pageByNumber } from "../paging.ts";
import { type FieldTypes, readFields } from "../read-fields.ts";
import { Refusal } from "../refusal.ts";
import { fieldReader, searchRecords } from "../search.ts";
import { serializeCompany, serializePage } from "./serialize.ts";

const OTHER_FIELDS: FieldTypes = {
  plan: "string",
  size: "number",
  website: "string",
  industry: "string",
  monthly_spend: "number",
  remote_created_at: "number",
  custom_attributes: "object",
};

/** The company, or 404 `company_not_found`. */
export function foundCompany(company: Company | undefined): Company {
  if (!company) throw new Refusal(404, "company_not_found", "Company Not Found");
  return company;
}

const named = ({ app, params }: ApiRequest): Company =>
  foundCompany(app.workspace.companies.get(params.id ?? ""));

function save({ app, body, nowSeconds }: ApiRequest, company: Company) {
  const { name = company.name } = readFields(body, { name: "string" });
  const updated: Company = {
    ...company,
    name: name as string | null,
    fields: { ...company.fields, ...readFields(body, OTHER_FIELDS) },
    updated_at: Math.floor(nowSeconds),
  };
  app.workspace.companies.put(updated, nowSeconds);
  return jsonResponse(200, serializeCompany(updated));
}

/** A company with a `company_id` that is already there is updated, with the same response. */
const upsert: ApiHandler = (request) => {
  const { app, body, nowSeconds } = request;
  const { companies, nextHexId } = app.workspace;
  const { company_id } = readFields(body, { company_id: "string" });
  const known = typeof company_id === "string" ? companies.findBy("company_id", company_id) : undefined;
  if (known) return save(request, known);
  const id = nextHexId();
  const created_at = Math.floor(nowSeconds);
  const ownId = typeof company_id === "string" && company_id !== "" ? company_id : id;
  return save(request, {
    id,
    company_id: ownId,
    name: null,
    tag_ids: [],
    fields: {},
    created_at,
    updated_at: created_at,
  });
};

const remove: ApiHandler = (request) => {
  const { id } = named(request);
  request.app.workspace.companies.remove(id, request.nowSeconds);
  return jsonResponse(200, { object: "company", id, deleted: true });
};

/** GET /companies finds one by `company_id` or `name`; without them it lists. */
const findOrList: ApiHandler = (request) => {
  const { companies } = request.app.workspace;
  for (const key of ["company_id", "name"]) {
    const value = request.query.get(key);
    if (value) return jsonResponse(200, serializeCompany(foundCompany(companies.findBy(key, value))));
  }
  return list(request);
};

const list: ApiHandler = (request) => {
  const { app, version } = request;
  const type = version === "Unstable" || version === "Preview" ? "pages" : "offset_pages";
  const page = pageByNumber(app.workspace.companies.all(), request, type);
  return jsonResponse(200, serializePage(page, serializeCompany));
};

const readField = fieldReader<Company>(
  ["id", "company_id", "name", "created_at", "updated_at"],
  ({ fields }) => fields,
  Object.keys(OTHER_FIELDS),
);

const search: ApiHandler = (request) =>
  jsonResponse(
    200,
    serializePage(searchRecords(request.app.workspace.companies, request, readField), serializeCompany),
  );

const scroll: ApiHandler = ({ app, query, nowSeconds }) => {
  const { scroll: scrolls, companies, nextHexId } = app.workspace;
  const param = query.get("scroll_param");
  const page = param
    ? scrolls.next(param, nowSeconds)
    : scrolls.open(companies.all(), nextHexId(), nowSeconds);
  if (page) {
    const data = page.companies.map(serializeCompany);
    return jsonResponse(200, {
      type: "list",
      data,
      pages: null,
      total_count: null,
      scroll_param: page.param,
    });
  }
  if (param) throw new Refusal(404, "not_found", "The scroll is not open");
  throw new Refusal(400, "scroll_exists", "Another scroll is already open for this app");
};

/** Companies by operation. */
export const COMPANY_HANDLERS: Readonly<Record<string, ApiHandler>> = {
  "GET /companies": findOrList,
  "POST /companies": upsert,
  "POST /companies/list": list,
  "POST /companies/search": search,
  "GET /companies/scroll": scroll,
  "GET /companies/{id}": (request) => jsonResponse(200, serializeCompany(named(request))),
  "PUT /companies/{id}": (request) => save(request, named(request)),
  "DELETE /companies/{id}": remove,
};
