import { explainIntercomError } from "@intercom-telemetry/axios";
import { type SimulatorOptions, startSimulator } from "@intercom-telemetry/simulator";
import axios from "axios";
import { Client as Client5 } from "intercom-client";
import { IntercomClient as Client6 } from "intercom-client-6";
import { IntercomClient as Client7 } from "intercom-client-7";
import { describe, expect, it, onTestFinished } from "vitest";
import { failureOf } from "../support/measured-api.ts";
import { createInstance, TRANSPORTS } from "../support/transports.ts";

const SECRET = "dG9rOnNlY3JldA-token";

async function start(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ apps: [{ name: "demo", token: SECRET }], ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

/** Where nothing listens any more. */
async function closedPort(): Promise<string> {
  const simulator = await startSimulator();
  await simulator.close();
  return simulator.url;
}

const respondingWith = (action: object): SimulatorOptions => ({
  script: { rules: [{ action: action as never }] },
});
const caught = (call: Promise<unknown>) =>
  call.then(
    () => "nothing was thrown",
    (error: unknown) => error,
  );

describe.each(TRANSPORTS)("an AxiosError of $name", (transport) => {
  it("is explained with its route, its status and its request id", async () => {
    const simulator = await start();
    const api = createInstance(transport, {
      baseURL: simulator.url,
      headers: { Authorization: `Bearer ${SECRET}` },
    });
    const error = await failureOf(
      api.get("/contacts/jane.doe@example.com", { params: { email: "jane.doe@example.com" } }),
    );
    const explanation = explainIntercomError(error);
    const [entry] = simulator.ledger.entries();
    expect(explanation).toMatchObject({
      code: "not_found",
      status: 404,
      method: "GET",
      urlTemplate: "/contacts/{id}",
      requestId: entry?.requestId,
    });
    expect(JSON.stringify(explanation)).not.toMatch(/jane|example|dG9r/);
  });

  it("without a response is explained by the transport's error", async () => {
    const api = createInstance(transport, { baseURL: await closedPort() });
    const expected = { code: "connection_refused", category: "transport", urlTemplate: "/me" };
    expect(explainIntercomError(await failureOf(api.get("/me")))).toMatchObject(expected);
  });
});

describe("an AxiosError", () => {
  it("of a proxy with a base path is explained with its route", async () => {
    const simulator = await start();
    const api = axios.create({ baseURL: `${simulator.url}/outbound/intercom` });
    const explanation = explainIntercomError(await failureOf(api.get("/contacts/1")));
    expect(explanation).toMatchObject({ urlTemplate: "/contacts/{id}" });
  });

  it("of a cancellation is nobody's fault", async () => {
    const error = await failureOf(axios.get("http://127.0.0.1:1", { signal: AbortSignal.abort() }));
    expect(explainIntercomError(error)).toMatchObject({ code: "canceled", category: "canceled" });
    expect(explainIntercomError(Object.assign(Object.create(null), { __CANCEL__: true }))).toMatchObject({
      code: "canceled",
    });
  });

  it("that Intercom has no part in says so", () => {
    const error = Object.assign(new Error("Unexpected token"), {
      isAxiosError: true,
      config: {},
      response: { status: 200, data: "{" },
    });
    expect(explainIntercomError(error)).toMatchObject({
      code: "none",
      cause: expect.stringContaining("not a failed request"),
    });
  });
});

describe("an error of the official SDK", () => {
  const forbidden = respondingWith({
    kind: "error_list",
    status: 403,
    code: "forbidden",
    message: "write_users is missing",
  });
  const expected = { code: "forbidden", category: "permission", status: 403 };

  it("version 5, whose errors carry body, headers and status", async () => {
    const { url } = await start(forbidden);
    const client = new Client5({ tokenAuth: { token: SECRET } });
    client.useRequestOpts({ baseURL: url });
    const explanation = explainIntercomError(await caught(client.contacts.find({ id: "1" })));
    expect(explanation).toMatchObject({ ...expected, requestId: expect.any(String) });
  });

  it("version 5 loses an HTML page altogether: nothing is left to explain", async () => {
    const { url } = await start(respondingWith({ kind: "html", status: 502 }));
    const client = new Client5({ tokenAuth: { token: SECRET } });
    client.useRequestOpts({ baseURL: url });
    const error = await caught(client.contacts.find({ id: "1" }));
    expect(error).toBeUndefined();
    expect(explainIntercomError(error)).toMatchObject({ code: "other", category: "unknown" });
  });

  const clients = [
    ["6", (environment: string) => new Client6({ token: SECRET, environment })],
    ["7", (environment: string) => new Client7({ token: SECRET, environment })],
  ] as const;
  describe.each(clients)("version %s", (_version, create) => {
    const find = (url: string, options = {}) =>
      caught(create(url).contacts.find({ contact_id: "1" }, { maxRetries: 0, ...options }));

    it("carries body and status, and the headers in rawResponse", async () => {
      const { url } = await start(forbidden);
      expect(explainIntercomError(await find(url))).toMatchObject({
        ...expected,
        requestId: expect.any(String),
      });
    });

    it("takes the request id from the header when the body has none", async () => {
      const { url, ledger } = await start(
        respondingWith({ kind: "error_list", status: 401, code: "unauthorized", requestId: false }),
      );
      const explanation = explainIntercomError(await find(url));
      expect(explanation).toMatchObject({ code: "unauthorized", requestId: ledger.entries()[0]?.requestId });
    });

    it("says timeout and cancellation without a status", async () => {
      const { url } = await start(respondingWith({ kind: "hang" }));
      expect(explainIntercomError(await find(url, { timeoutInSeconds: 0.1 }))).toMatchObject({
        code: "timeout",
      });
      const abortSignal = AbortSignal.timeout(100);
      expect(explainIntercomError(await find(url, { abortSignal }))).toMatchObject({ code: "canceled" });
    });

    it("says that the network failed", async () => {
      const explanation = explainIntercomError(await find(await closedPort()));
      expect(explanation).toMatchObject({ category: "transport", retryable: true });
    });
  });
});

describe("whatever else is caught", () => {
  it("a body, a response of fetch and an exception are explained as far as they say something", () => {
    const body = { type: "error.list", errors: [{ code: "token_revoked", message: "" }] };
    expect(explainIntercomError(body)).toMatchObject({ code: "token_revoked", category: "auth" });
    expect(explainIntercomError(JSON.stringify(body))).toMatchObject({ code: "token_revoked" });
    expect(explainIntercomError(new Response("", { status: 503 }))).toMatchObject({
      code: "service_unavailable",
    });
    expect(explainIntercomError(Object.assign(new Error(), { code: "ENOTFOUND" }))).toMatchObject({
      code: "dns",
    });
  });

  it.each([undefined, null, 0, "", "text", Number.NaN, Symbol("s"), [], () => 1, new Map()])(
    "%s gives an explanation",
    (value) => {
      expect(explainIntercomError(value)).toMatchObject({
        category: expect.any(String),
        line: expect.any(String),
      });
    },
  );

  it("what throws when it is looked at gives an explanation", () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error("hostile");
        },
      },
    );
    expect(explainIntercomError(hostile)).toMatchObject({ code: "other", category: "unknown" });
    const config = {
      get url(): string {
        throw new Error("hostile");
      },
    };
    const error = { isAxiosError: true, config, response: { status: 429, headers: {}, data: "" } };
    expect(explainIntercomError(error)).toMatchObject({ code: "rate_limit_exceeded", status: 429 });
  });
});
