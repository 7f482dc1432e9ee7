import type { Simulator } from "@intercom-telemetry/simulator";
import { expect, test } from "vitest";
import { ask, createClock, start } from "./support.ts";

const upsert = async (simulator: Simulator, company_id: string, name?: string) =>
  String((await ask(simulator, "/companies", { body: { company_id, name } })).body?.id);

test("a company with a known company_id is updated, not created again", async () => {
  const simulator = await start();
  const id = await upsert(simulator, "acme", "Acme");
  expect(await upsert(simulator, "acme", "Acme Ltd")).toBe(id);
  expect((await ask(simulator, "/companies?company_id=acme")).body).toMatchObject({ id, name: "Acme Ltd" });
  expect((await ask(simulator, "/companies?name=Acme%20Ltd")).body).toMatchObject({ id });
  expect((await ask(simulator, "/companies?name=Acme")).code).toBe("company_not_found");
  expect((await ask(simulator, `/companies/${id}`, { method: "DELETE" })).body).toMatchObject({
    deleted: true,
  });
  expect((await ask(simulator, `/companies/${id}`)).status).toBe(404);
});

test("pages of a list are addresses that can be followed", async () => {
  const simulator = await start();
  for (const name of ["a", "b", "c"]) await upsert(simulator, name);
  const first = (await ask(simulator, "/companies?per_page=2")).body as { pages: { next: string } };
  const path = first.pages.next.slice(simulator.url.length);
  expect((await ask(simulator, path)).body).toMatchObject({
    data: [{ company_id: "c" }],
    pages: { next: null },
  });
});

test("contacts join and leave companies", async () => {
  const simulator = await start();
  const company = await upsert(simulator, "acme");
  const contact = String((await ask(simulator, "/contacts", { body: { role: "lead" } })).body?.id);
  const listed = async () => (await ask(simulator, `/companies/${company}/contacts`)).body?.total_count;
  await ask(simulator, `/contacts/${contact}/companies`, { body: { id: company } });
  expect(await listed()).toBe(1);
  expect((await ask(simulator, `/contacts/${contact}/companies`)).body).toMatchObject({
    data: [{ id: company }],
  });
  await ask(simulator, `/contacts/${contact}/companies/${company}`, { method: "DELETE" });
  expect(await listed()).toBe(0);
});

test("an app has one scroll open at a time; it ends with an empty page", async () => {
  const simulator = await start();
  await upsert(simulator, "acme");
  const first = await ask(simulator, "/companies/scroll");
  expect(first.body).toMatchObject({ data: [{ company_id: "acme" }] });
  const second = await ask(simulator, "/companies/scroll");
  expect([second.status, second.code]).toEqual([400, "scroll_exists"]);
  expect(simulator.ledger.entries().at(-1)).toMatchObject({ errorCode: "scroll_exists", retryable: true });
  const last = await ask(simulator, `/companies/scroll?scroll_param=${first.body?.scroll_param}`);
  expect(last.body).toMatchObject({ data: [] });
  expect((await ask(simulator, "/companies/scroll")).status).toBe(200);
});

test("a scroll that nobody reads lapses", async () => {
  const clock = createClock();
  const simulator = await start({ epochMilliseconds: clock.epochMilliseconds });
  await upsert(simulator, "acme");
  const { body } = await ask(simulator, "/companies/scroll");
  clock.advanceSeconds(61);
  const late = await ask(simulator, `/companies/scroll?scroll_param=${body?.scroll_param}`);
  expect([late.status, late.code]).toEqual([404, "not_found"]);
  expect((await ask(simulator, "/companies/scroll")).status).toBe(200);
});
