import { instrumentIntercom } from "@intercom-telemetry/axios";
import { instrumentGlobalFetch, intercomFetch, type Outcome } from "@intercom-telemetry/fetch";
import { instrumentGlobalFetchAutomatically } from "@intercom-telemetry/fetch/automatic";
import axios from "axios";
import { expect, it, onTestFinished } from "vitest";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { startIntercom } from "../support/measured-api.ts";

const headers = { authorization: "Bearer demo-token" };

async function start() {
  const { url } = await startIntercom();
  const clients: string[] = [];
  const options = (client: string) => ({
    client,
    hosts: [url],
    recorders: [{ finish: (outcome: Outcome) => clients.push(outcome.client) }],
  });
  const instrument = (client = "global") => {
    const handle = instrumentGlobalFetch(options(client));
    onTestFinished(() => handle.detach());
    return handle;
  };
  const ask = async (send: typeof fetch) => (await send(`${url}/me`, { headers })).json();
  return { url, clients, options, instrument, ask };
}

it("requests to Intercom are recorded until detach, and the fetch of before comes back", async () => {
  const before = globalThis.fetch;
  const { ask, clients, instrument } = await start();
  const handle = instrument();
  expect([globalThis.fetch.name, globalThis.fetch.length]).toEqual([before.name, before.length]);
  await ask(globalThis.fetch);
  handle.detach();
  handle.detach();
  expect(globalThis.fetch).toBe(before);
  await ask(globalThis.fetch);
  expect(clients).toEqual(["global"]);
});

it("a second call returns the first handle, and says so when its options differ", async () => {
  const { ask, clients, instrument } = await start();
  const messages = listenToDiag();
  const first = instrument();
  expect(instrument("other")).toBe(first);
  await ask(globalThis.fetch);
  expect(clients).toEqual(["global"]);
  expect(messages.filter((message) => message.includes("instrumented already"))).toHaveLength(1);
});

it("what somebody has put around it stays after detach, and passes on", async () => {
  const { ask, clients, instrument } = await start();
  const before = globalThis.fetch;
  const handle = instrument();
  const measured = globalThis.fetch;
  const wrapper: typeof fetch = (input, init) => measured(input, init);
  globalThis.fetch = wrapper;
  onTestFinished(() => {
    globalThis.fetch = before;
  });
  handle.detach();
  expect(globalThis.fetch).toBe(wrapper);
  await ask(globalThis.fetch);
  expect(clients).toEqual([]);
});

it("an explicit fetch above it counts once, under the explicit client", async () => {
  const { ask, clients, options, instrument } = await start();
  instrument();
  await ask(intercomFetch(options("explicit")));
  expect(clients).toEqual(["explicit"]);
});

it("so does one with a queue between the two", async () => {
  const { ask, clients, options, instrument } = await start();
  instrument();
  const queued: typeof fetch = async (input, init) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return fetch(input, init);
  };
  await ask(intercomFetch({ ...options("explicit"), fetch: queued }));
  expect(clients).toEqual(["explicit"]);
  await ask(fetch);
  expect(clients).toEqual(["explicit", "global"]);
});

it("so does an instrumented axios that sends through fetch", async () => {
  const { url, clients, options, instrument } = await start();
  instrument();
  const api = axios.create({ baseURL: url, adapter: "fetch", headers });
  const { detach } = instrumentIntercom(api, options("axios"));
  onTestFinished(detach);
  await api.get("/me");
  expect(clients).toEqual(["axios"]);
});

it("so does one that calls fetch later, once it has measured the body or watches it leave", async () => {
  const { url, clients, options, instrument } = await start();
  instrument();
  const api = axios.create({ baseURL: url, adapter: "fetch", headers });
  const { detach } = instrumentIntercom(api, options("axios"));
  onTestFinished(detach);
  await api.post("/contacts", { email: "one@example.com" }, { maxBodyLength: 1000 });
  await api.post("/contacts", { email: "two@example.com" }, { onUploadProgress() {} });
  expect(clients).toEqual(["axios", "axios"]);
});

it.each<[string, typeof fetch]>([
  ["a Request of its own", (input, init) => fetch(new Request(input, init))],
  ["a string and a copy", (input, init) => fetch(String(input), { ...init })],
])("a fetch in between that hands on %s later counts once", async (_, handOn) => {
  const { ask, clients, options, instrument } = await start();
  instrument();
  const queued: typeof fetch = async (...args) => {
    await Promise.resolve();
    return handOn(...args);
  };
  await ask(intercomFetch({ ...options("explicit"), fetch: queued }));
  expect(clients).toEqual(["explicit"]);
});

it("requests of axios and of fetch to the same URL at the same time are each counted by their own", async () => {
  const { url, ask, clients, options, instrument } = await start();
  instrument();
  const explicit = intercomFetch(options("explicit"));
  const [http, throughFetch] = (["http", "fetch"] as const).map((adapter) => {
    const api = axios.create({ baseURL: url, adapter, headers });
    onTestFinished(instrumentIntercom(api, options(adapter)).detach);
    return api;
  });
  const round = () => [ask(fetch), http?.get("/me"), ask(explicit), throughFetch?.get("/me"), ask(fetch)];
  await Promise.all([...round(), ...round(), ...round()]);
  const count = (client: string) => clients.filter((each) => each === client).length;
  expect(["global", "http", "explicit", "fetch"].map(count)).toEqual([6, 3, 3, 3]);
});

it("a fetch that is measured automatically leaves its requests to the explicit set-up above it", async () => {
  const before = globalThis.fetch;
  const { ask, clients, options, instrument } = await start();
  const messages = listenToDiag();
  const automatic = instrumentGlobalFetchAutomatically(options("automatic"));
  onTestFinished(() => automatic.detach());
  const kept = globalThis.fetch;
  await ask(globalThis.fetch);
  await ask(intercomFetch(options("own")));
  const handle = instrument("explicit");
  await ask(globalThis.fetch);
  await ask(kept);
  handle.detach();
  await ask(globalThis.fetch);
  expect(clients).toEqual(["automatic", "own", "explicit", "automatic", "automatic"]);
  automatic.detach();
  expect(globalThis.fetch).toBe(before);
  expect(messages).toEqual([]);
});

it("a fetch that is set up explicitly is not measured automatically too", async () => {
  const { ask, clients, options, instrument } = await start();
  const handle = instrument("explicit");
  instrumentGlobalFetchAutomatically(options("automatic")).detach();
  const { fetch } = globalThis;
  instrumentGlobalFetchAutomatically(options("automatic"));
  expect(globalThis.fetch).toBe(fetch);
  await ask(globalThis.fetch);
  expect(clients).toEqual(["explicit"]);
  handle.detach();
});

it("a runtime without a fetch is left alone by the automatic set-up", () => {
  const { fetch } = globalThis;
  onTestFinished(() => {
    globalThis.fetch = fetch;
  });
  Reflect.deleteProperty(globalThis, "fetch");
  instrumentGlobalFetchAutomatically().detach();
  expect("fetch" in globalThis).toBe(false);
});
