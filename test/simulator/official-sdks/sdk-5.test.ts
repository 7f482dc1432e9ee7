import type { Simulator } from "@intercom-telemetry/simulator";
import { Client, Operators, ReplyToConversationMessageType } from "intercom-client";
import { expect, test } from "vitest";
import { start } from "../support.ts";

function createClient(simulator: Simulator, token = "demo-token"): Client {
  const client = new Client({ tokenAuth: { token } });
  client.useRequestOpts({ baseURL: simulator.url });
  return client;
}

test("contacts, tags and companies of intercom-client 5.0.0 work", async () => {
  const client = createClient(await start({ indexLagSeconds: 0 }));
  const contact = await client.contacts.createUser({ email: "ann@example.com", externalId: "7" });
  const found = await client.contacts.search({
    data: { query: { field: "email", operator: Operators.EQUALS, value: "ann@example.com" } },
  });
  expect(found.data[0]?.id).toBe(contact.id);
  expect((await client.contacts.update({ id: contact.id, name: "Ann" })).name).toBe("Ann");
  const tag = await client.tags.create({ name: "vip" });
  await client.tags.tagContact({ contactId: contact.id, tagId: tag.id });
  const attached = await client.contacts.listAttachedTags({ id: contact.id });
  expect(attached).toMatchObject({ data: [{ type: "tag", id: tag.id, name: "vip" }] });
  const company = await client.companies.create({ companyId: "acme", name: "Acme" });
  await client.companies.attachContact({ contactId: contact.id, companyId: company.id });
  expect((await client.companies.find({ companyId: "acme" })).id).toBe(company.id);
  expect(await client.companies.scroll.each({})).toMatchObject([{ company_id: "acme" }]);
  expect((await client.contacts.archive({ id: contact.id })).archived).toBe(true);
  await client.contacts.delete({ id: contact.id });
  await client.tags.delete({ id: tag.id });
});

test("its pages can be followed to the end", async () => {
  const client = createClient(await start());
  for (const companyId of ["a", "b", "c"]) await client.companies.create({ companyId });
  const first = await client.companies.list({ perPage: 2 });
  const second = await client.nextPage<{ data: unknown[] }>(first.pages as never);
  expect([first.data.length, second.data.length]).toEqual([2, 1]);
});

test("conversations, events and exports work", async () => {
  const simulator = await start();
  const client = createClient(simulator);
  const { id: userId } = await client.contacts.createUser({ email: "ann@example.com" });
  const message = await client.conversations.create({ userId, body: "Hello" });
  const id = String((message as unknown as { conversation_id: string }).conversation_id);
  const messageType = ReplyToConversationMessageType.COMMENT;
  await client.conversations.replyByIdAsAdmin({ id, adminId: "991", messageType, body: "Hi" });
  await client.conversations.close({ id, adminId: "991" });
  expect((await client.conversations.find({ id })).state).toBe("closed");
  await client.events.create({ eventName: "ordered", createdAt: 1_700_000_000, userId: "7" });
  const job = await client.dataExport.create({ createdAtAfter: 1, createdAtBefore: 2 });
  expect((await client.dataExport.cancel({ id: job.job_identifier })).status).toBe("canceled");
  expect((await client.admins.list()).admins.length).toBe(2);
  expect(simulator.ledger.entries().every(({ urlTemplate }) => urlTemplate !== "unmatched")).toBe(true);
});

test("its errors carry status and body", async () => {
  const client = createClient(await start(), "other");
  await expect(client.contacts.find({ id: "1" })).rejects.toMatchObject({
    statusCode: 401,
    message: "Access Token Invalid",
    body: { type: "error.list" },
  });
});
