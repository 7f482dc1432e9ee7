import { explainIntercomError, instrumentGlobalFetch, intercomFetch } from "@intercom-telemetry/fetch";
import { type FaultAction, startSimulator } from "@intercom-telemetry/simulator";
import { IntercomClient as Client6 } from "intercom-client-6";
import { IntercomClient as Client7 } from "intercom-client-7";
import { describe, expect, it, onTestFinished } from "vitest";
import { startIntercom } from "../support/measured-api.ts";

type Client = Pick<Client7, "contacts">;

/** Each SDK as its users instrument it. */
const CREATE: Readonly<Record<"6" | "7", (baseUrl: string) => Client>> = {
  6: (baseUrl) => {
    const { detach } = instrumentGlobalFetch({ hosts: [baseUrl] });
    onTestFinished(detach);
    return new Client6({ token: "demo-token", baseUrl }) as unknown as Client;
  },
  7: (baseUrl) =>
    new Client7({ token: "demo-token", baseUrl, fetch: intercomFetch({ hosts: [baseUrl] }), maxRetries: 0 }),
};

const BARE: Readonly<Record<"6" | "7", (baseUrl: string) => Client>> = {
  6: (baseUrl) => new Client6({ token: "demo-token", baseUrl }) as unknown as Client,
  7: (baseUrl) => new Client7({ token: "demo-token", baseUrl, maxRetries: 0 }),
};

const VERSIONS = ["6", "7"] as const;
const operation = { method: "GET", urlTemplate: "/contacts/{id}" };

async function start(action?: FaultAction): Promise<string> {
  const { url } = await startIntercom({ windowSeconds: 10, script: { rules: action ? [{ action }] : [] } });
  return url;
}

async function closedPort(): Promise<string> {
  const simulator = await startSimulator();
  await simulator.close();
  return simulator.url;
}

/** What the SDK throws, or returns. */
function find(client: Client, options: object = {}): Promise<unknown> {
  return client.contacts
    .find({ contact_id: "none" }, { maxRetries: 0, ...options })
    .catch((error: unknown) => error);
}

describe.each(VERSIONS)("what SDK %s throws is explained as it was recorded", (version) => {
  it.each<[string, FaultAction, object]>([
    ["404", { kind: "pass" }, { code: "not_found", status: 404, requestId: expect.any(String) }],
    ["409", { kind: "error_list", status: 409, code: "conflict" }, { code: "conflict", status: 409 }],
    ["a gateway's page", { kind: "html", status: 502 }, { code: "bad_gateway", status: 502 }],
    ["a proxy's page", { kind: "html", status: 400 }, { code: "not_intercom", category: "intermediary" }],
    ["no body", { kind: "empty", status: 403 }, { code: "forbidden", status: 403 }],
    ["JSON that is cut", { kind: "cut_json", status: 404 }, { code: "not_found", status: 404 }],
    ["a connection that is reset", { kind: "reset" }, { code: "connection_reset" }],
    ["a body that is cut", { kind: "cut_body" }, { code: "response_incomplete" }],
    ["a body that cannot be decompressed", { kind: "corrupt_gzip" }, { code: "response_undecodable" }],
  ])("%s", async (_name, action, expected) => {
    const client = CREATE[version](await start(action));
    expect(explainIntercomError(await find(client))).toMatchObject({ ...operation, ...expected });
  });

  it("a refused connection", async () => {
    const client = CREATE[version](await closedPort());
    expect(explainIntercomError(await find(client))).toMatchObject({
      ...operation,
      code: "connection_refused",
    });
  });

  it("the SDK's time limit, the caller's, and an abort", async () => {
    const client = CREATE[version](await start({ kind: "hang" }));
    const explain = async (options: object) => explainIntercomError(await find(client, options));
    expect(await explain({ timeoutInSeconds: 0.05 })).toMatchObject({ ...operation, code: "timeout" });
    expect(await explain({ abortSignal: AbortSignal.timeout(50) })).toMatchObject({
      ...operation,
      code: "timeout",
    });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    expect(await explain({ abortSignal: controller.signal })).toMatchObject({
      ...operation,
      code: "canceled",
    });
  });

  it("a used-up window, with the seconds that are left of it", async () => {
    const client = CREATE[version](await start({ kind: "rate_limited", by: "window" }));
    const explanation = explainIntercomError(await find(client));
    expect(explanation).toMatchObject({
      ...operation,
      code: "rate_limit_exceeded",
      retryMode: "after_reset",
    });
    expect(explanation.waitSeconds).toBeGreaterThan(0);
    expect(explanation.waitSeconds).toBeLessThanOrEqual(10);
    expect(explanation.line).toMatch(/retry after the window has ended, \d+ s from the response/);
  });

  it("failures at the same time are told apart, or explained by what they have in common", async () => {
    const client = CREATE[version](await closedPort());
    const update = client.contacts
      .update({ contact_id: "1", name: "x" }, { maxRetries: 0 })
      .catch((error: unknown) => error);
    const errors = await Promise.all([find(client), update]);
    for (const error of errors)
      expect(explainIntercomError(error)).toMatchObject({ code: "connection_refused" });
  });
});

describe.each(VERSIONS)("without instrumentation, what SDK %s throws or returns", (version) => {
  it("is explained by its status, headers and body", async () => {
    const client = BARE[version](await start({ kind: "rate_limited", by: "window" }));
    expect(explainIntercomError(await find(client))).toMatchObject({
      code: "rate_limit_exceeded",
      waitSeconds: expect.any(Number),
    });
  });

  it("is explained as a failure of the network when all it says is a message", async () => {
    const client = BARE[version](await closedPort());
    expect(explainIntercomError(await find(client))).toMatchObject({
      category: "transport",
      code: "network_error",
    });
  });

  it("is explained with the operation that a timeout names", async () => {
    const client = BARE[version](await start({ kind: "hang" }));
    const explanation = explainIntercomError(await find(client, { timeoutInSeconds: 0.05 }));
    expect(explanation.code).toBe("timeout");
  });

  it("is explained as an intermediary's when it is a page instead of data", async () => {
    const client = BARE[version](await start({ kind: "html", status: 200 }));
    expect(explainIntercomError(await find(client))).toMatchObject({
      code: "not_intercom",
      category: "intermediary",
      retryable: false,
    });
  });
});
