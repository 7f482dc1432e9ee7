// What every row of the matrix has to do, in a user's project. The libraries come in as that project loads them.
import assert from "node:assert/strict";

/** The path whose first response is a 429. */
const RETRIED = "/admins";
const NEVER_RESPONDS = "/contacts/hangs";

const SCRIPT = {
  rules: [
    { match: { path: RETRIED }, sequence: [{ kind: "rate_limited", by: "window" }] },
    { match: { path: "/contacts/none" }, action: { kind: "error_list", status: 404, code: "not_found" } },
    { match: { path: "/contacts/gateway" }, action: { kind: "html", status: 502 } },
    { match: { path: NEVER_RESPONDS }, action: { kind: "hang" } },
    { match: { path: "/contacts/drops" }, action: { kind: "reset" } },
  ],
};

/** Each call with how it ends and what it leaves behind, one line for each request on the wire. */
const CALLS = [
  ["/me", "200", ["GET /me 200"]],
  [RETRIED, "200", ["GET /admins 429 rate_limit_exceeded", "GET /admins 200 retry 1"]],
  ["/contacts/none", "404", ["GET /contacts/{id} 404 not_found"]],
  ["/contacts/gateway", "502", ["GET /contacts/{id} 502 bad_gateway"]],
  [NEVER_RESPONDS, "ECONNABORTED", ["GET /contacts/{id} timeout"]],
  ["/contacts/drops", "ECONNRESET", ["GET /contacts/{id} connection_reset"]],
];

const line = (...parts) => parts.filter((part) => part !== undefined && part !== "").join(" ");

function describeSpan({ name, attributes }) {
  const retryCount = attributes["http.request.resend_count"];
  const status = attributes["http.response.status_code"];
  return line(name, status, attributes["intercom.error.code"], retryCount && `retry ${retryCount}`);
}

async function readCounter(registry) {
  const { values } = await registry.getSingleMetric("intercom_client_requests_total").get();
  return values.flatMap(({ value, labels: { method, url_template, status_code, error_code } }) =>
    Array.from({ length: value }, () => line(method, url_template, status_code, error_code)),
  );
}

const describeEntry = ({ method, urlTemplate, status, errorCode }) =>
  line(method, urlTemplate, status, errorCode);
const withoutRetry = (text) => text.replace(/ retry \d+$/, "");

/** Of the one call that is never responded to; the others get all the time that a busy machine needs. */
const TIMEOUT_MILLISECONDS = 300;

async function makeCall(api, path) {
  const timeout = path === NEVER_RESPONDS ? TIMEOUT_MILLISECONDS : 0;
  try {
    return String((await api.get(path, { timeout })).status);
  } catch (error) {
    return String(error.response?.status ?? error.code);
  }
}

/** Throws unless calls end as they should and ledger, spans and counters agree on them. */
export async function check({
  axios,
  axiosRetry,
  Registry,
  instrumentIntercom,
  startSimulator,
  startTracing,
  canRetry,
}) {
  const readSpans = await startTracing();
  const simulator = await startSimulator({ script: SCRIPT });
  const registry = new Registry();
  const headers = { Authorization: "Bearer demo-token" };
  const api = axios.create({ baseURL: simulator.url, headers });
  const handle = instrumentIntercom(api, { hosts: [simulator.url], registry });
  const is429 = (error) => error.response?.status === 429;
  axiosRetry(api, { retries: 2, retryCondition: is429, retryDelay: () => 1 });

  const calls = CALLS.filter(([path]) => canRetry || path !== RETRIED);
  for (const [path, end] of calls) assert.equal(await makeCall(api, path), end, path);
  await simulator.ledger.waitForIdle();
  const expected = calls.flatMap(([, , lines]) => lines);
  const plain = expected.map(withoutRetry).sort();
  assert.deepEqual(simulator.ledger.entries().map(describeEntry).sort(), plain, "ledger");
  assert.deepEqual(readSpans().map(describeSpan).sort(), [...expected].sort(), "spans");
  assert.deepEqual((await readCounter(registry)).sort(), plain, "counters");

  handle.detach();
  assert.equal(await makeCall(api, "/me"), "200");
  assert.equal((await readCounter(registry)).length, plain.length, "nothing is counted after detach");
  await simulator.close();
}
