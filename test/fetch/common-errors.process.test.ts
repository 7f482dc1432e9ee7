import { createServer } from "node:http";
import type { FaultAction, Simulator, SimulatorOptions } from "@intercom-telemetry/simulator";
import { IntercomClient } from "intercom-client-7";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { startIntercom } from "../support/measured-api.ts";
import { checkToken } from "./common-errors/check-token.ts";
import { createClient, secondsToWait } from "./common-errors/create-client.ts";
import { diagnose } from "./common-errors/diagnose.ts";
import { findContact } from "./common-errors/find-contact.ts";
import { findOrCreateContact } from "./common-errors/find-or-create-contact.ts";
import { describeServerError, readPlatformStatus } from "./common-errors/platform-status.ts";

const TOKEN = "demo-token";
const WINDOW_429: FaultAction = { kind: "rate_limited", by: "window" };

/** Redirects to the simulator's status page, as the address of Intercom's does. */
async function startRedirect(target: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(302, { location: target }).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : "";
}

/** The snippets name Intercom's own hosts: the global fetch leads those to the simulator. */
async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startIntercom({ windowSeconds: 1, ...options });
  const statusPage = await startRedirect(`${simulator.url}/__status/api/v2/summary.json`);
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (input: string | URL, init?: RequestInit) => {
    const { host, pathname, search } = new URL(input);
    if (host === "status.intercom.com") return fetch(statusPage, init);
    if (host !== "api.intercom.io") throw new Error(`expected a host of Intercom, got ${host}`);
    return fetch(`${simulator.url}${pathname}${search}`, init);
  });
  return simulator;
}

const failing = (...sequence: FaultAction[]): SimulatorOptions => ({ script: { rules: [{ sequence }] } });
const always = (action: FaultAction): SimulatorOptions => ({ script: { rules: [{ action }] } });
const statuses = ({ ledger }: Simulator) => ledger.entries().map(({ status }) => status);
const catchError = (call: PromiseLike<unknown>) =>
  Promise.resolve(call).then(
    () => undefined,
    (error: unknown) => error,
  );

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("check-token.ts", () => {
  it("finds a good token valid, a bad one invalid, and says why", async () => {
    await start();
    const log = vi.spyOn(console, "error").mockReturnValue();
    expect(await checkToken(createClient(TOKEN))).toBe("valid");
    expect(log).not.toHaveBeenCalled();
    expect(await checkToken(createClient("wrong"))).toBe("invalid");
    expect(log.mock.calls.join()).toMatch(/^401 unauthorized on GET \/me/);
  });

  it.each<[string, FaultAction]>([
    ["a used-up window", WINDOW_429],
    ["an outage", { kind: "html", status: 503 }],
    ["a right that is missing", { kind: "error_list", status: 403, code: "forbidden" }],
    ["a proxy's page", { kind: "html", status: 200 }],
  ])("does not take %s for a bad token", async (_name, action) => {
    await start(always(action));
    vi.spyOn(console, "error").mockReturnValue();
    expect(await checkToken(new IntercomClient({ token: TOKEN, maxRetries: 0 }))).toBe("unknown");
  });
});

describe("find-contact.ts", () => {
  it("finds a contact, and returns undefined for one that does not exist", async () => {
    await start();
    const client = createClient(TOKEN);
    const { id = "" } = await client.contacts.create({ email: "ann@example.com" });
    expect(await findContact(client, id)).toMatchObject({ email: "ann@example.com" });
    expect(await findContact(client, "none")).toBeUndefined();
  });

  it("throws every other error, also a 404 that is not Intercom's", async () => {
    await start(
      failing({ kind: "error_list", status: 403, code: "forbidden" }, { kind: "html", status: 404 }),
    );
    const client = createClient(TOKEN);
    await expect(findContact(client, "1")).rejects.toMatchObject({ statusCode: 403 });
    await expect(findContact(client, "1")).rejects.toMatchObject({ statusCode: 404 });
  });

  it("corrects what the reference's parameter asks for", async () => {
    const { ledger } = await start();
    await catchError(createClient(TOKEN).contacts.find({ contactId: "1" } as never));
    expect(ledger.entries().map(({ path }) => path)).toEqual(["/contacts/undefined"]);
  });
});

describe("find-or-create-contact.ts", () => {
  it("gives concurrent callers the one contact, while search still lags", async () => {
    const { ledger } = await start({ indexLagSeconds: 60 });
    const client = createClient(TOKEN);
    const found = await Promise.all(
      Array.from({ length: 10 }, () => findOrCreateContact(client, "ann@example.com", "ann")),
    );
    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
    expect(found[0]).toMatchObject({ email: "ann@example.com", external_id: "ann" });
    expect(ledger.entries().filter(({ status }) => status === 409)).toHaveLength(9);
  });

  it("throws what is not a conflict, and a conflict that names no contact", async () => {
    const conflict: FaultAction = { kind: "error_list", status: 409, code: "conflict" };
    await start(failing({ kind: "error_list", status: 422, code: "parameter_invalid" }, conflict));
    const client = createClient(TOKEN);
    const statusOf = (status: number) => ({ statusCode: status });
    await expect(findOrCreateContact(client, "ann", "a")).rejects.toMatchObject(statusOf(422));
    await expect(findOrCreateContact(client, "ann", "a")).rejects.toMatchObject(statusOf(409));
  });
});

describe("create-client.ts", () => {
  it("waits for the window's reset after a 429 and then succeeds", async () => {
    const simulator = await start(failing(WINDOW_429));
    await createClient(TOKEN).admins.list();
    expect(statuses(simulator)).toEqual([429, 200]);
    const [refused, retry] = simulator.ledger.entries();
    expect(retry?.startedEpochSeconds).toBeGreaterThanOrEqual(refused?.resetEpochSeconds ?? Infinity);
  });

  it("makes no more than five requests of one call", async () => {
    const simulator = await start(always({ kind: "error_list", status: 503, code: "service_unavailable" }));
    await catchError(createClient(TOKEN).admins.list());
    expect(statuses(simulator)).toEqual([503, 503, 503, 503, 503]);
  });

  it("does not retry a write that may have been done", async () => {
    const simulator = await start(always({ kind: "html", status: 502 }));
    await catchError(createClient(TOKEN).contacts.create({ email: "ann@example.com" }));
    expect(statuses(simulator)).toEqual([502]);
  });

  it("tells a queue how long to wait after a rate limit, and nothing after other errors", async () => {
    await start({ ...failing(WINDOW_429, { kind: "rate_limited", by: "jobs" }), windowSeconds: 10 });
    const bare = new IntercomClient({ token: TOKEN, maxRetries: 0 });
    const seconds = secondsToWait(await catchError(bare.admins.list()));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(10);
    expect(secondsToWait(await catchError(bare.export.enqueueANewReportingDataExportJob({} as never)))).toBe(
      60,
    );
    expect(secondsToWait(await catchError(bare.contacts.find({ contact_id: "none" })))).toBeUndefined();
  });
});

describe("platform-status.ts", () => {
  it("follows the redirect and reads the status", async () => {
    const { status } = await start();
    expect(await readPlatformStatus()).toBe("All Systems Operational");
    status.set({ indicator: "major", description: "Partial System Outage" });
    expect(await readPlatformStatus()).toBe("Partial System Outage");
  });

  it("does not wait for a page that hangs", async () => {
    const { status } = await start();
    status.set({ failing: "hang" });
    const { timeout } = AbortSignal;
    const limit = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout(50));
    expect(await readPlatformStatus()).toBe("unknown");
    expect(limit).toHaveBeenCalledExactlyOnceWith(5000);
  });

  it.each(["error", "html", "cut_json"] as const)("says unknown when the page fails by %s", async (how) => {
    const { status } = await start();
    status.set({ failing: how });
    expect(await readPlatformStatus()).toBe("unknown");
  });

  it("gives a line with the request id for Intercom's support", async () => {
    const simulator = await start(always({ kind: "error_list", status: 500, code: "server_error" }));
    const bare = new IntercomClient({ token: TOKEN, maxRetries: 0 });
    const line = await describeServerError(await catchError(bare.admins.list()));
    expect(line).toContain(`request id ${simulator.ledger.entries()[0]?.requestId}`);
    expect(line).toMatch(/Intercom's status: All Systems Operational\.$/);
  });
});

describe("diagnose.ts", () => {
  it("says that the token is valid, what is left of the window, and the status, with one request", async () => {
    const { ledger } = await start();
    expect(await diagnose(TOKEN)).toEqual([
      "Token: valid",
      expect.stringMatching(/^Rate limit: \d+ of \d+ left$/),
      "Intercom's status: All Systems Operational",
    ]);
    expect(ledger.entries()).toHaveLength(1);
  });

  it("says why it failed", async () => {
    await start();
    const [failed, status] = await diagnose("wrong");
    expect(failed).toMatch(/^Failed: 401 unauthorized .*request id/);
    expect(status).toBe("Intercom's status: All Systems Operational");
  });

  it("does not take a proxy's page for a valid token", async () => {
    await start(always({ kind: "html", status: 200 }));
    expect((await diagnose(TOKEN))[0]).toMatch(/^Failed: .*not_intercom/);
  });
});
