import type { Simulator } from "@intercom-telemetry/simulator";
import { expect, test } from "vitest";
import { ask, createClock, start } from "./support.ts";

const byEmail = (value: string) => ({ query: { field: "email", operator: "=", value } });

async function create(simulator: Simulator, body: unknown): Promise<string> {
  const reply = await ask(simulator, "/contacts", { body });
  expect(reply.status).toBe(200);
  return String(reply.body?.id);
}

test("a contact is created, read, changed, archived and deleted", async () => {
  const simulator = await start();
  const id = await create(simulator, {
    email: "ann@example.com",
    name: "Ann",
    custom_attributes: { plan: "pro" },
  });
  expect(id).toMatch(/^[0-9a-f]{24}$/);
  await ask(simulator, `/contacts/${id}`, { method: "PUT", body: { name: "Ann B", phone: "+49301234" } });
  expect((await ask(simulator, `/contacts/${id}`)).body).toMatchObject({
    type: "contact",
    id,
    email: "ann@example.com",
    name: "Ann B",
    phone: "+49301234",
    custom_attributes: { plan: "pro" },
  });
  const archived = await ask(simulator, `/contacts/${id}/archive`, { method: "POST" });
  expect(archived.body).toMatchObject({ id, archived: true });
  expect((await ask(simulator, "/contacts")).body).toMatchObject({ total_count: 0 });
  await ask(simulator, `/contacts/${id}/unarchive`, { method: "POST" });
  expect((await ask(simulator, "/contacts")).body).toMatchObject({ total_count: 1 });
  expect((await ask(simulator, `/contacts/${id}`, { method: "DELETE" })).body).toMatchObject({
    id,
    deleted: true,
  });
  const gone = await ask(simulator, `/contacts/${id}`);
  expect([gone.status, gone.code]).toEqual([404, "not_found"]);
});

test("searching before creating races: the index lags, and the second creation gets 409 naming the first", async () => {
  const clock = createClock();
  const simulator = await start({ indexLagSeconds: 2, epochMilliseconds: clock.epochMilliseconds });
  const id = await create(simulator, { email: "ann@example.com" });
  const early = await ask(simulator, "/contacts/search", { body: byEmail("ann@example.com") });
  expect(early.body).toMatchObject({ total_count: 0, data: [] });
  const duplicate = await ask(simulator, "/contacts", { body: { email: "ANN@example.com" } });
  expect([duplicate.status, duplicate.code]).toEqual([409, "conflict"]);
  expect(duplicate.message).toContain(id);
  clock.advanceSeconds(2);
  const late = await ask(simulator, "/contacts/search", { body: byEmail("ann@example.com") });
  expect(late.body).toMatchObject({ total_count: 1, data: [{ id }] });
});

test("the index also lags behind changes and deletions", async () => {
  const clock = createClock();
  const simulator = await start({ indexLagSeconds: 2, epochMilliseconds: clock.epochMilliseconds });
  const id = await create(simulator, { email: "old@example.com" });
  clock.advanceSeconds(2);
  await ask(simulator, `/contacts/${id}`, { method: "PUT", body: { email: "new@example.com" } });
  const hits = async (email: string) =>
    (await ask(simulator, "/contacts/search", { body: byEmail(email) })).body?.total_count;
  expect([await hits("old@example.com"), await hits("new@example.com")]).toEqual([1, 0]);
  clock.advanceSeconds(2);
  expect([await hits("old@example.com"), await hits("new@example.com")]).toEqual([0, 1]);
  await ask(simulator, `/contacts/${id}`, { method: "DELETE" });
  expect(await hits("new@example.com")).toBe(1);
  clock.advanceSeconds(2);
  expect(await hits("new@example.com")).toBe(0);
});

test("an external id belongs to one contact, an address to one user but to any number of leads", async () => {
  const simulator = await start();
  await create(simulator, { external_id: "7", email: "ann@example.com" });
  expect((await ask(simulator, "/contacts", { body: { external_id: "7" } })).status).toBe(409);
  await create(simulator, { role: "lead", email: "ann@example.com" });
  await create(simulator, { role: "lead", email: "ann@example.com" });
  const other = await create(simulator, { external_id: "8" });
  const body = { email: "ann@example.com" };
  expect((await ask(simulator, `/contacts/${other}`, { method: "PUT", body })).status).toBe(409);
  expect((await ask(simulator, "/contacts/find_by_external_id/8")).body).toMatchObject({ id: other });
});

test("an identifier is free again after the contact that had it was deleted or changed", async () => {
  const simulator = await start();
  const first = await create(simulator, { external_id: "7" });
  await ask(simulator, `/contacts/${first}`, { method: "DELETE" });
  const second = await create(simulator, { external_id: "7" });
  await ask(simulator, `/contacts/${second}`, { method: "PUT", body: { external_id: "9" } });
  await create(simulator, { external_id: "7" });
});

test("a merged lead gets 410 with the survivor in the Link header only", async () => {
  const simulator = await start();
  const lead = await create(simulator, { role: "lead", name: "Visitor" });
  const user = await create(simulator, { email: "ann@example.com" });
  const merge = (from: string, into: string) => ask(simulator, "/contacts/merge", { body: { from, into } });
  expect((await merge(user, lead)).code).toBe("invalid_merge");
  expect((await merge(lead, user)).body).toMatchObject({ id: user, name: "Visitor" });
  const gone = await ask(simulator, `/contacts/${lead}`);
  expect([gone.status, gone.code]).toEqual([410, "contact_merged"]);
  expect(gone.headers.get("link")).toBe(`<${simulator.url}/contacts/${user}>; rel="canonical"`);
  expect(JSON.stringify(gone.body)).not.toContain(user);
});

test("a list is read to its end by its cursors", async () => {
  const simulator = await start();
  const ids = [];
  for (let count = 0; count < 5; count++) ids.push(await create(simulator, { role: "lead" }));
  const seen: unknown[] = [];
  let after = "";
  for (let page = 0; page < 3; page++) {
    const { body } = await ask(simulator, `/contacts?per_page=2${after}`);
    const { data, pages } = body as { data: { id: string }[]; pages: { next?: { starting_after: string } } };
    seen.push(...data.map(({ id }) => id));
    after = `&starting_after=${pages.next?.starting_after}`;
    expect(pages.next === undefined).toBe(page === 2);
  }
  expect(seen).toEqual(ids);
  expect((await ask(simulator, "/contacts?starting_after=nonsense")).code).toBe("client_error");
  expect((await ask(simulator, "/contacts?per_page=0")).code).toBe("parameter_invalid");
});

const filter = (field: string, operator: string, value: unknown) => ({ field, operator, value });

test.each([
  ["=", filter("email", "=", "ann@example.com"), ["Ann"]],
  ["!=", filter("email", "!=", "ann@example.com"), ["Ben"]],
  ["IN", filter("email", "IN", ["ann@example.com", "x"]), ["Ann"]],
  ["NIN", filter("email", "NIN", ["ann@example.com", "x"]), ["Ben"]],
  [">", filter("owner_id", ">", 5), ["Ben"]],
  ["<", filter("owner_id", "<", 5), ["Ann"]],
  ["~", filter("email", "~", "EXAMPLE"), ["Ann", "Ben"]],
  ["!~", filter("email", "!~", "ann"), ["Ben"]],
  ["^", filter("name", "^", "b"), ["Ben"]],
  ["$", filter("email", "$", ".org"), ["Ben"]],
  ["a custom attribute", filter("custom_attributes.plan", "=", "pro"), ["Ann"]],
  ["null", filter("external_id", "=", null), ["Ann", "Ben"]],
  [
    "groups",
    {
      operator: "OR",
      value: [
        { operator: "AND", value: [filter("role", "=", "user"), filter("owner_id", ">", 5)] },
        filter("name", "=", "Ann"),
      ],
    },
    ["Ann", "Ben"],
  ],
])("contacts are searched by %s", async (_case, query, names) => {
  const simulator = await start({ indexLagSeconds: 0 });
  await create(simulator, {
    email: "ann@example.com",
    name: "Ann",
    owner_id: 1,
    custom_attributes: { plan: "pro" },
  });
  await create(simulator, { email: "ben@example.org", name: "Ben", owner_id: 9 });
  const { body } = await ask(simulator, "/contacts/search", { body: { query } });
  const { data } = body as { data: { name: string }[] };
  expect(data.map(({ name }) => name).sort()).toEqual(names);
});

const nested = (levels: number): unknown =>
  levels === 0 ? filter("name", "=", "x") : { operator: "AND", value: [nested(levels - 1)] };

test.each([
  ["no query", undefined, {}, "parameter_invalid"],
  ["an array for a query", [], {}, "parameter_invalid"],
  ["an operator that does not exist", filter("name", "LIKE", "x"), {}, "parameter_invalid"],
  ["a field that does not exist", filter("shoe_size", "=", "x"), {}, "invalid_field"],
  ["three levels", nested(3), {}, "parameter_invalid"],
  ["sixteen filters", { operator: "OR", value: Array(16).fill(nested(0)) }, {}, "parameter_invalid"],
  ["an unknown order", nested(0), { sort: { field: "name", order: "up" } }, "invalid_sort_order"],
])("a search with %s is refused", async (_case, query, more, code) => {
  const simulator = await start();
  const reply = await ask(simulator, "/contacts/search", { body: { query, ...more } });
  expect([reply.status, reply.code]).toEqual([400, code]);
});
