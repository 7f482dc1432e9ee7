import { instrumentIntercom } from "@intercom-telemetry/axios";
import { Client } from "intercom-client";
import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { compareRecords, tallyCounters, tallyLedger, tallySpans } from "../support/compare-records.ts";
import { failureOf, startIntercom } from "../support/measured-api.ts";
import { readRequests } from "../support/series.ts";
import { attributesOf } from "../support/spans.ts";
import { startTracing } from "../support/tracing.ts";

/** The official SDK, version 5, instrumented at its public axios instance. */
async function startSdk(token = "demo-token") {
  const intercom = await startIntercom();
  const tracing = startTracing();
  const registry = new Registry();
  const client = new Client({ tokenAuth: { token } });
  client.useRequestOpts({ baseURL: intercom.url });
  instrumentIntercom(client.axiosInstance, { hosts: [intercom.url], registry });
  return { client, intercom, tracing, registry };
}

it("intercom-client 5 is recorded as it sends, and its responses are as before", async () => {
  const { client, intercom, tracing, registry } = await startSdk();
  const contact = await client.contacts.createUser({ externalId: "u-1", email: "jane@example.com" });
  expect(contact).toMatchObject({ type: "contact", email: "jane@example.com" });
  await client.contacts.find({ id: contact.id });
  await client.contacts.update({ id: contact.id, name: "Jane" });
  await client.tags.create({ name: "vip" });
  await failureOf(client.contacts.find({ id: "none" }));
  expect(await readRequests(registry)).toMatchObject({
    "POST /contacts 200": 1,
    "GET /contacts/{id} 200": 1,
    "PUT /contacts/{id} 200": 1,
    "GET /contacts/{id} 404 not_found false": 1,
  });
  const ledger = tallyLedger(intercom.ledger.entries());
  const spans = tallySpans(tracing.spans());
  expect(compareRecords({ ledger, spans, counters: await tallyCounters(registry) })).toEqual([]);
  expect(JSON.stringify(tracing.spans().map((span) => span.attributes))).not.toMatch(/jane|demo-token/);
});

it("intercom-client 5 with a bad token is refused as 401, which no retry can help", async () => {
  const { client, tracing, registry } = await startSdk("wrong");
  await failureOf(client.contacts.find({ id: "1" }));
  expect(attributesOf(tracing.spans()[0])).toMatchObject({
    errorCode: "unauthorized",
    errorCategory: "auth",
    retryable: false,
  });
  expect(await readRequests(registry)).toEqual({ "GET /contacts/{id} 401 unauthorized false": 1 });
});
