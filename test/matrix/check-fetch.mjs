// What fetch has to do on every runtime, in a user's project. The caller sees the same with and without us,
// and what was recorded is what the simulator's ledger says. The simulator runs in a separate process,
// since not every runtime can.
import { explainIntercomError, instrumentGlobalFetch, intercomFetch } from "@intercom-telemetry/fetch";

const headers = { authorization: "Bearer demo-token", "content-type": "application/json" };

const SEARCH = '{"query":{"field":"role","operator":"=","value":"user"}}';

/** Nothing listens there. */
const CLOSED = "127.0.0.1:64999";

/** Each call with what it does with the response, and the record that it leaves behind. */
const CALLS = [
  ["/me", {}, (response) => response.json(), "GET /me 200"],
  ["/contacts/none", {}, (response) => response.json(), "GET /contacts/{id} 404 not_found"],
  ["/contacts/unread", {}, () => undefined, "GET /contacts/{id} 409 conflict"],
  ["/contacts/bytes", {}, (response) => response.arrayBuffer(), "GET /contacts/{id} 409 conflict"],
  ["/contacts/clone", {}, (response) => response.clone().text(), "GET /contacts/{id} 409 conflict"],
  ["/contacts/stream", {}, (response) => drain(response.body), "GET /contacts/{id} 409 conflict"],
  ["/contacts/gateway", {}, (response) => response.text(), "GET /contacts/{id} 502 bad_gateway"],
  ["/contacts/proxy", {}, (response) => response.text(), "GET /contacts/{id} 400 not_intercom"],
  ["/contacts/hidden", {}, (response) => response.json(), "GET /contacts/{id} 200 conflict"],
  [
    "/contacts/search",
    { method: "POST", body: SEARCH },
    (response) => response.json(),
    "POST /contacts/search 200",
  ],
  ["/contacts/cut", {}, (response) => response.text(), "GET /contacts/{id} response_incomplete"],
  ["/contacts/hangs", { limit: 200 }, (response) => response.text(), "GET /contacts/{id} timeout"],
  ["/contacts/hangs", { abort: 200 }, (response) => response.text(), "GET /contacts/{id} canceled"],
];

/** The script of the simulator. */
export const SCRIPT = {
  rules: [
    ...["unread", "bytes", "clone", "stream"].map((name) => ({
      match: { path: `/contacts/${name}` },
      action: { kind: "error_list", status: 409, code: "conflict" },
    })),
    { match: { path: "/contacts/gateway" }, action: { kind: "html", status: 502 } },
    { match: { path: "/contacts/proxy" }, action: { kind: "html", status: 400 } },
    { match: { path: "/contacts/hidden" }, action: { kind: "error_list", status: 200, code: "conflict" } },
    { match: { path: "/contacts/cut" }, action: { kind: "cut_body" } },
    { match: { path: "/contacts/hangs" }, action: { kind: "hang" } },
  ],
};

async function drain(stream) {
  const reader = stream.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes;
    bytes += value.byteLength;
  }
}

function signalOf({ limit, abort }) {
  if (limit !== undefined) return AbortSignal.timeout(limit);
  if (abort === undefined) return undefined;
  const controller = new AbortController();
  setTimeout(() => controller.abort(), abort);
  return controller.signal;
}

/** What the caller sees, in words that do not change from run to run. */
async function settle(fetch, url, [path, { limit, abort, ...init }, use]) {
  const signal = signalOf({ limit, abort });
  try {
    const response = await fetch(`${url}${path}`, { ...init, headers, ...(signal ? { signal } : {}) });
    await use(response);
    return String(response.status);
  } catch (error) {
    return `${error.name}`;
  }
}

function assertEqual(actual, expected, what) {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`);
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const describe = ({ method, urlTemplate, status, error }) =>
  [method, urlTemplate, status, error?.code].filter((part) => part !== undefined).join(" ");

async function play(fetch, url, outcomes) {
  const bare = globalThis.fetch;
  for (const call of CALLS) {
    assertEqual(
      await settle(fetch, url, call),
      await settle(bare, url, call),
      `${call[0]}, what the caller sees`,
    );
    // What nobody reads is read from a clone.
    for (let waited = 0; outcomes.length === 0 && waited < 2000; waited += 20) await wait(20);
    assertEqual(outcomes.splice(0).map(describe), [call[3]], `${call[0]}, what is recorded`);
  }
}

/** Throws unless the official SDK 7 is recorded as it calls, and its errors are explained as they were recorded. */
async function checkSdk(IntercomClient, url, options, outcomes) {
  const client = new IntercomClient({ token: "demo-token", baseUrl: url, fetch: intercomFetch(options) });
  await client.admins.list();
  const error = await client.contacts.find({ contact_id: "none" }).catch((caught) => caught);
  assertEqual(
    outcomes.splice(0).map(describe),
    ["GET /admins 200", "GET /contacts/{id} 404 not_found"],
    "SDK 7",
  );
  const { code, urlTemplate } = explainIntercomError(error);
  assertEqual([code, urlTemplate], ["not_found", "/contacts/{id}"], "SDK 7, what its error means");
}

/** Throws unless calls end as they should and are recorded as they were. */
export async function check(url, IntercomClient) {
  const outcomes = [];
  const recorder = { finish: (outcome) => outcomes.push(outcome) };
  const options = { hosts: [url], recorders: [recorder] };
  await play(intercomFetch(options), url, outcomes);
  await checkSdk(IntercomClient, url, options, outcomes);

  const { detach } = instrumentGlobalFetch(options);
  const [me] = CALLS;
  assertEqual(await settle(globalThis.fetch, url, me), "200", "the global fetch");
  assertEqual(outcomes.splice(0).map(describe), [me[3]], "the global fetch, what is recorded");
  detach();
  await settle(globalThis.fetch, url, me);
  assertEqual(outcomes, [], "after detach");

  const retrying = intercomFetch({ ...options, retry: { retries: 1, backoffSeconds: 0.01 } });
  assertEqual(
    await settle(retrying, url, ["/contacts/gateway", {}, (response) => response.text()]),
    "502",
    "retry",
  );
  assertEqual(
    outcomes.splice(0).map(({ retryCount }) => retryCount),
    [0, 1],
    "retry counts",
  );
  const refused = await intercomFetch({ hosts: [CLOSED] })(`http://${CLOSED}/me`).catch((error) => error);
  assertEqual(explainIntercomError(refused).code, "connection_refused", "a refused connection");
}
