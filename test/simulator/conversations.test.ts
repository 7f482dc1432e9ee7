import { expect, test } from "vitest";
import { ask, createClock, start } from "./support.ts";

test("a conversation is started, replied to, searched, closed and deleted", async () => {
  const simulator = await start({ indexLagSeconds: 0 });
  await ask(simulator, "/contacts", { body: { external_id: "7", email: "ann@example.com" } });
  const from = { type: "user", user_id: "7" };
  const started = await ask(simulator, "/conversations", { body: { from, body: "Hello" } });
  const id = String(started.body?.conversation_id);
  await ask(simulator, `/conversations/${id}/reply`, {
    body: { type: "admin", admin_id: "991", message_type: "comment", body: "Hi" },
  });
  await ask(simulator, "/conversations/last/reply", {
    body: { type: "user", email: "ann@example.com", message_type: "comment", body: "Thanks" },
  });
  await ask(simulator, `/conversations/${id}/parts`, {
    body: { type: "admin", admin_id: "991", message_type: "close" },
  });
  await ask(simulator, `/conversations/${id}`, { method: "PUT", body: { read: true } });
  const closed = await ask(simulator, `/conversations/${id}`);
  expect(closed.body).toMatchObject({ type: "conversation", state: "closed", open: false, read: true });
  expect(closed.body?.conversation_parts).toMatchObject({
    total_count: 3,
    conversation_parts: [{ body: "Hi" }, { body: "Thanks" }, { part_type: "close" }],
  });
  const query = { field: "state", operator: "=", value: "closed" };
  const found = await ask(simulator, "/conversations/search", { body: { query } });
  expect(found.body).toMatchObject({ type: "conversation.list", conversations: [{ id }] });
  expect((await ask(simulator, "/conversations")).body).toMatchObject({ total_count: 1 });
  await ask(simulator, `/conversations/${id}`, { method: "DELETE" });
  expect((await ask(simulator, `/conversations/${id}`)).status).toBe(404);
});

test("a part of an unknown kind is refused", async () => {
  const simulator = await start();
  const contact = await ask(simulator, "/contacts", { body: { role: "lead" } });
  const body = { from: { id: contact.body?.id }, body: "Hello" };
  const id = (await ask(simulator, "/conversations", { body })).body?.conversation_id;
  const reply = await ask(simulator, `/conversations/${id}/reply`, { body: { message_type: "shout" } });
  expect([reply.status, reply.code]).toEqual([400, "parameter_invalid"]);
});

test("tags are created once, put on contacts and conversations, and taken off again", async () => {
  const simulator = await start();
  const tag = (await ask(simulator, "/tags", { body: { name: "vip" } })).body;
  expect((await ask(simulator, "/tags", { body: { name: "vip" } })).body).toEqual(tag);
  const contact = (await ask(simulator, "/contacts", { body: { role: "lead" } })).body?.id;
  const message = { from: { id: contact }, body: "Hello" };
  const conversation = (await ask(simulator, "/conversations", { body: message })).body?.conversation_id;
  for (const path of [`/contacts/${contact}`, `/conversations/${conversation}`]) {
    expect((await ask(simulator, `${path}/tags`, { body: { id: tag?.id } })).body).toEqual(tag);
    expect(JSON.stringify((await ask(simulator, path)).body?.tags)).toContain(`"id":"${tag?.id}"`);
    await ask(simulator, `${path}/tags/${tag?.id}`, { method: "DELETE" });
    expect(JSON.stringify((await ask(simulator, path)).body?.tags)).not.toContain(`"id":"${tag?.id}"`);
  }
  expect((await ask(simulator, `/contacts/${contact}/tags`)).body).toMatchObject({ data: [] });
  expect((await ask(simulator, `/tags/${tag?.id}`, { method: "DELETE" })).body).toBeUndefined();
  expect((await ask(simulator, "/tags")).body).toMatchObject({ data: [] });
});

test.each([
  ["content/data", "", 1],
  ["reporting_data", "/enqueue", 5],
])(
  "more %s exports than allowed get 429 while quota remains, until one is done",
  async (kind, start_, most) => {
    const clock = createClock();
    const simulator = await start({ exportSeconds: 4, epochMilliseconds: clock.epochMilliseconds });
    const begin = () => ask(simulator, `/export/${kind}${start_}`, { body: {} });
    const first = await begin();
    for (let count = 1; count < most; count++) await begin();
    const refused = await begin();
    expect([refused.status, refused.code]).toEqual([429, "rate_limit_exceeded"]);
    expect(refused.message).toContain(`${most} pending`);
    expect(Number(refused.headers.get("x-ratelimit-remaining"))).toBeGreaterThan(0);
    const read = async () => (await ask(simulator, `/export/${kind}/${first.body?.job_identifier}`)).body;
    expect(await read()).toMatchObject({ status: "pending" });
    clock.advanceSeconds(3);
    expect(await read()).toMatchObject({ status: "in_progress" });
    clock.advanceSeconds(1);
    const done = await read();
    expect(done).toMatchObject({ status: "completed" });
    const download = await ask(simulator, String(done?.download_url).slice(simulator.url.length)).catch(
      () => "bytes",
    );
    expect(download).toBe("bytes");
    expect((await begin()).status).toBe(200);
  },
);

test("a canceled export makes room for the next", async () => {
  const simulator = await start();
  const { body } = await ask(simulator, "/export/content/data", { body: {} });
  const canceled = await ask(simulator, `/export/cancel/${body?.job_identifier}`, { method: "POST" });
  expect(canceled.body).toMatchObject({ status: "canceled" });
  expect((await ask(simulator, "/export/content/data", { body: {} })).status).toBe(200);
});

test("events are accepted without a body in the response, duplicates too", async () => {
  const simulator = await start();
  for (let count = 0; count < 2; count++) {
    const { status, body } = await ask(simulator, "/events", {
      body: { event_name: "ordered", user_id: "7" },
    });
    expect([status, body]).toEqual([202, undefined]);
  }
  expect((await ask(simulator, "/events", { body: {} })).code).toBe("parameter_not_found");
});
