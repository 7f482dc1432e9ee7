import { startSimulator } from "@intercom-telemetry/simulator";
import axios from "axios";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  findOrCreateContact,
  readContact,
} from "../../examples/find-or-create-contact/src/find-or-create-contact.ts";
import { readConflictId, readSurvivorId } from "../../examples/find-or-create-contact/src/read-ids.ts";
import { startProgram } from "./program.ts";

const ANN = { email: "ann@example.com", externalId: "ann" };
const ID = "5f0c1b2a3d4e5f6071829304";

async function start() {
  const simulator = await startSimulator({ indexLagSeconds: 60 });
  onTestFinished(() => simulator.close());
  const intercom = axios.create({ baseURL: simulator.url, headers: { Authorization: "Bearer demo-token" } });
  return { simulator, intercom };
}

test("the example shows the race that search-then-create loses, and that it is not lost here", async () => {
  const example = startProgram("examples/find-or-create-contact/src/main.ts");
  expect(await example.exited, example.output()).toBe(0);
  expect(example.output().trimEnd().split("\n")).toEqual([
    "search, then create: 19 of 20 callers failed",
    expect.stringMatching(/^ {2}409 conflict on POST \/contacts \(conflict\): .*request id \w+\]$/),
    "create, on conflict read: 20 of 20 callers have it, 1 created it, 1 contact",
    "a lead that was merged is read as the contact it lives on in: true",
  ]);
});

describe("findOrCreateContact", () => {
  test("finds at once what the search does not show for a minute", async () => {
    const { intercom } = await start();
    const first = await findOrCreateContact(intercom, ANN);
    const second = await findOrCreateContact(intercom, ANN);
    expect(first.created).toBe(true);
    expect(second).toEqual({ contact: first.contact, created: false });
  });

  test("follows a contact that was merged after the conflict named it", async () => {
    const { intercom, simulator } = await start();
    const { contact } = await findOrCreateContact(intercom, ANN);
    const lead = await intercom.post("/contacts", { role: "lead" });
    await intercom.post("/contacts/merge", { from: lead.data.id, into: contact.id });
    const message = `A contact matching those details already exists with id=${lead.data.id}`;
    const action = { kind: "error_list", status: 409, code: "conflict", message } as const;
    simulator.setScript({ rules: [{ match: { method: "POST", urlTemplate: "/contacts" }, action }] });
    expect((await findOrCreateContact(intercom, ANN)).contact.id).toBe(contact.id);
  });

  test("a second try finds what the first one made when its response was lost", async () => {
    const { intercom, simulator } = await start();
    simulator.setScript({ rules: [{ match: { method: "POST" }, times: 1, action: { kind: "cut_body" } }] });
    await expect(findOrCreateContact(intercom, ANN)).rejects.toThrow();
    expect((await findOrCreateContact(intercom, ANN)).created).toBe(false);
  });

  test("a conflict in other words, and every other failure, reach the caller as they are", async () => {
    const { intercom, simulator } = await start();
    const conflict = { kind: "error_list", status: 409, code: "conflict", message: "There is one." } as const;
    simulator.setScript({ rules: [{ action: conflict }] });
    await expect(findOrCreateContact(intercom, ANN)).rejects.toMatchObject({ response: { status: 409 } });
    simulator.setScript({ rules: [] });
    const invalid = findOrCreateContact(intercom, { ...ANN, email: "no address" });
    await expect(invalid).rejects.toMatchObject({ response: { status: 422 } });
  });

  test("merges that go round in a circle end", async () => {
    const { intercom, simulator } = await start();
    const headers = { Link: `<https://api.intercom.io/contacts/${ID}>; rel="canonical"` };
    const action = { kind: "error_list", status: 410, code: "contact_merged", headers } as const;
    simulator.setScript({ rules: [{ action }] });
    await expect(readContact(intercom, ID)).rejects.toMatchObject({ response: { status: 410 } });
    expect(simulator.ledger.entries()).toHaveLength(6);
  });
});

describe("an id is taken", () => {
  test.each([
    [{ errors: [{ message: `already exists with id=${ID}` }] }, ID],
    [{ errors: [{ message: `already exists with id=${ID}; call it` }] }, ID],
    [{ errors: [{ message: "already exists with id=../admins" }] }, undefined],
    [{ errors: [] }, undefined],
    [undefined, undefined],
  ])("from a message only when it is one: %j", (body, expected) => {
    expect(readConflictId(body)).toBe(expected);
  });

  test.each([
    [`<https://api.intercom.io/contacts/${ID}>; rel="canonical"`, ID],
    [`<https://api.intercom.io/contacts/${ID}>; rel=canonical`, ID],
    [`<https://api.intercom.io/contacts/${ID}/tags>; rel="canonical"`, undefined],
    [`<https://api.intercom.io/contacts/${ID}>; rel="next"`, undefined],
    ["", undefined],
    [undefined, undefined],
  ])("from a Link header only when it is the canonical contact: %s", (link, expected) => {
    expect(readSurvivorId(link)).toBe(expected);
  });
});
