import type { Scenario, Stage } from "./scenario.ts";
import { always, drain, inTurn, later } from "./scenario.ts";

const window429 = { kind: "rate_limited", by: "window" } as const;
const conflict = { kind: "error_list", status: 409, code: "conflict" } as const;
const contact = { contact_id: "5f0c1b2a3d4e5f6071829304" };
const GET_CONTACT = "GET /contacts/{id}";

const findContact = ({ client }: Stage): Promise<unknown> => client.contacts.find(contact);
const createContact = ({ client }: Stage): Promise<unknown> =>
  client.contacts.create({ email: "ann@example.com" });
const listAdmins = ({ client }: Stage): Promise<unknown> => client.admins.list();

async function listAllCompanies({ client }: Stage): Promise<unknown> {
  for (const name of ["a", "b", "c"]) await client.companies.createOrUpdate({ company_id: name, name });
  const ids: unknown[] = [];
  for await (const company of await client.companies.list({ per_page: 2 })) ids.push(company.company_id);
  return ids;
}

/** Version 7 gives an object to read, version 6 a stream. */
async function download({ client }: Stage): Promise<unknown> {
  const result: unknown = await client.dataExport.download({ job_identifier: "job" });
  if (typeof result !== "object" || result === null) return result;
  const { stream } = result as { stream?: () => ReadableStream<Uint8Array> };
  return drain(stream ? stream.call(result) : (result as AsyncIterable<Uint8Array>));
}

const RESPONSES: readonly Scenario[] = [
  { name: "200", run: listAdmins },
  { name: "404", run: findContact },
  { name: "422 on a write", script: always({ kind: "errors_by_field" }), run: createContact },
  { name: "409 on a write", script: always(conflict), run: createContact },
  {
    name: "a search",
    run: ({ client }) =>
      client.contacts
        .search({ query: { field: "role", operator: "=", value: "user" } })
        .then((page) => page.data),
  },
  { name: "pages", run: listAllCompanies },
  { name: "400 with a proxy's page", script: always({ kind: "html", status: 400 }), run: findContact },
  { name: "403 without a body", script: always({ kind: "empty", status: 403 }), run: findContact },
  { name: "404 whose JSON is cut", script: always({ kind: "cut_json", status: 404 }), run: findContact },
  { name: "an error.list with status 200", script: always({ ...conflict, status: 200 }), run: findContact },
  { name: "a page with status 200", script: always({ kind: "html", status: 200 }), run: findContact },
  { name: "a compressed 404", script: always({ kind: "gzip" }), run: findContact },
  {
    name: "a null body with status 200",
    script: always({ kind: "null_body", status: 200 }),
    run: findContact,
  },
];

const RETRIES: readonly Scenario[] = [
  {
    name: "429 twice, then 200",
    script: inTurn(window429, window429),
    run: listAdmins,
    retryCounts: [0, 1, 2],
  },
  {
    name: "429 until the SDK gives up",
    script: always(window429),
    run: listAdmins,
    retryCounts: [0, 1, 2],
  },
  {
    name: "503 on a write, then 200",
    script: inTurn({ kind: "empty", status: 503 }),
    run: createContact,
    retryCounts: [0, 1],
  },
  {
    name: "500 with a large body, then 200",
    script: inTurn({ kind: "oversized", status: 500 }),
    run: listAdmins,
    retryCounts: [0, 1],
  },
  {
    name: "502 with a gateway's page, then 200",
    script: inTurn({ kind: "html", status: 502 }),
    run: listAdmins,
    retryCounts: [0, 1],
  },
];

const BROKEN: readonly Scenario[] = [
  {
    name: "a compressed body that cannot be decompressed",
    script: always({ kind: "corrupt_gzip" }),
    run: listAdmins,
  },
  { name: "200 whose body is cut", script: always({ kind: "cut_body" }), run: listAdmins },
  { name: "404 whose body is cut", script: always({ kind: "cut_body" }), run: findContact },
  { name: "a connection that is reset", script: always({ kind: "reset" }), run: listAdmins },
  { name: "200 whose body is slow", script: always({ kind: "slow_body", seconds: 0.2 }), run: listAdmins },
  { name: "404 whose body is slow", script: always({ kind: "slow_body", seconds: 0.2 }), run: findContact },
];

function abortedAfter(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
}

const hang = always({ kind: "hang" });

const ENDED_BY_THE_CALLER: readonly Scenario[] = [
  {
    name: "nothing comes until the SDK's time limit",
    script: hang,
    run: ({ client }) => client.contacts.find(contact, { timeoutInSeconds: 0.1 }),
    recorded: [`${GET_CONTACT} - timeout true`],
  },
  {
    name: "nothing comes until AbortSignal.timeout",
    script: hang,
    run: ({ client }) => client.contacts.find(contact, { abortSignal: AbortSignal.timeout(100) }),
    recorded: [`${GET_CONTACT} - timeout true`],
  },
  {
    name: "nothing comes until the caller aborts",
    script: hang,
    run: ({ client }) => client.contacts.find(contact, { abortSignal: abortedAfter(100) }),
    recorded: [`${GET_CONTACT} - canceled false`],
  },
  {
    name: "the caller has aborted already",
    run: ({ client }) => client.contacts.find(contact, { abortSignal: AbortSignal.abort() }),
    recorded: [],
  },
];

const DOWNLOADS: readonly Scenario[] = [
  { name: "a download", script: always({ kind: "large_body", bytes: 1_000_000 }), run: download },
  { name: "a download that is not found", script: always({ ...conflict, status: 404 }), run: download },
  {
    name: "a redirect that is followed",
    script: inTurn({ kind: "redirect", to: "/me" }),
    run: listAdmins,
    recorded: ["GET /admins 200 - -"],
  },
  {
    name: "a response whose SDK promise is awaited late",
    run: async ({ client }) => {
      const promise = client.contacts.find(contact).catch((error: unknown) => error);
      await later();
      return promise;
    },
  },
];

/** What code that uses the official SDK meets. */
export const SDK_SCENARIOS: readonly Scenario[] = [
  ...RESPONSES,
  ...RETRIES,
  ...BROKEN,
  ...ENDED_BY_THE_CALLER,
  ...DOWNLOADS,
];
