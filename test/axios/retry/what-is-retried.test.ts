import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  AXIOS_RETRIES,
  errorList,
  fakeClocks,
  type RehearsalOptions,
  type Reply,
  rehearse,
  windowUsedUp,
} from "./rehearse.ts";

beforeEach(fakeClocks);
afterEach(() => vi.useRealTimers());

const READ = { url: "/contacts/5f0c" };
const WRITE = { method: "post", url: "/contacts", data: { role: "user" } };
const countAttempts = async (call: object, reply: () => Reply, options?: RehearsalOptions) =>
  (await rehearse(call, [reply], options)).sentSeconds.length;

describe.each(AXIOS_RETRIES)("$name", ({ axiosRetry }) => {
  const options: RehearsalOptions = { with: axiosRetry };

  it("a call succeeds on its retry, and settles with that response", async () => {
    const { ended, sentSeconds } = await rehearse(READ, [errorList(503, "service_unavailable")], options);
    expect(ended).toBe(200);
    expect(sentSeconds).toHaveLength(2);
  });

  it("after the last retry the call fails with Intercom's response", async () => {
    const unavailable = () => errorList(503, "service_unavailable");
    const { ended, sentSeconds } = await rehearse(READ, Array(9).fill(unavailable), {
      ...options,
      retry: { retries: 2 },
    });
    expect(ended).toBe(503);
    expect(sentSeconds).toHaveLength(3);
  });

  it("a call can choose its own number of retries", async () => {
    const call = { ...READ, "axios-retry": { retries: 0 } };
    expect(await countAttempts(call, () => errorList(503, "service_unavailable"), options)).toBe(1);
  });
});

describe("what the catalog says", () => {
  it.each([
    ["a used up window", () => windowUsedUp(), 2],
    ["overload of Intercom's side", () => errorList(429, "too_many_requests"), 2],
    ["Intercom's own time-out", () => errorList(408, "request_timeout"), 2],
    ["a gateway's HTML page", () => ({ status: 502, data: "<html>", headers: {} }), 2],
    ["a reset connection", () => "ECONNRESET", 2],
    ["a time-out of axios", () => "ECONNABORTED", 2],
    ["a refused connection", () => "ECONNREFUSED", 2],
    ["a bad certificate", () => "CERT_HAS_EXPIRED", 1],
    ["a cancellation", () => "ERR_CANCELED", 1],
    ["a bad token", () => errorList(401, "unauthorized"), 1],
    ["a missing scope", () => errorList(403, "forbidden"), 1],
    ["a missing contact", () => errorList(404, "not_found"), 1],
    ["an invalid parameter", () => errorList(422, "parameter_invalid"), 1],
    ["a code that nobody documented, with 400", () => errorList(400, "brand_new"), 1],
    ["a code that nobody documented, with 500", () => errorList(500, "brand_new"), 2],
    ["an open scroll, which another call has to end", () => errorList(400, "scroll_exists"), 1],
  ] satisfies [string, () => Reply, number][])("decides on %s", async (_what, reply, expected) => {
    expect(await countAttempts(READ, reply)).toBe(expected);
  });

  it("a 429 about pending export jobs is left to the caller, who has to poll the job", async () => {
    const message = "Exceeded rate limit of 1 pending message data export jobs";
    const reply = () => errorList(429, "rate_limit_exceeded", { "x-ratelimit-remaining": "900" }, message);
    expect(await countAttempts({ method: "post", url: "/export/content/data", data: {} }, reply)).toBe(1);
  });

  it("a 429 of the window on an export operation is waited for", async () => {
    const message = "Exceeded rate limit of 1667 in 10_seconds";
    const reply = () => errorList(429, "rate_limit_exceeded", { "x-ratelimit-remaining": "0" }, message);
    expect(await countAttempts({ method: "post", url: "/export/content/data", data: {} }, reply)).toBe(2);
  });

  it("a conflict is retried on the one route where it passes by itself", async () => {
    const conflict = () => errorList(409, "conflict");
    expect(await countAttempts({ method: "put", url: "/teams/1", data: {} }, conflict)).toBe(2);
    expect(await countAttempts(WRITE, conflict)).toBe(1);
  });

  it("an SMS that may have gone out is not sent twice", async () => {
    const data = JSON.stringify({ error_key: "sms_failed" });
    const call = { method: "post", url: "/phone_call_redirects", data: {} };
    expect(
      await countAttempts(call, () => ({ status: 400, data }), { retry: { replayUnknownWrites: true } }),
    ).toBe(1);
  });

  it("requests to other hosts are left alone", async () => {
    const call = { url: "https://files.example.com/contacts/1" };
    expect(await countAttempts(call, () => ({ status: 502, data: "", headers: {} }))).toBe(1);
    const hosts = ["files.example.com"];
    expect(
      await countAttempts(call, () => ({ status: 502, data: "", headers: {} }), { retry: { hosts } }),
    ).toBe(2);
  });

  it("a configuration that throws when it is looked at does not change how the call ends", async () => {
    class Hostile extends URLSearchParams {
      override keys(): never {
        throw new Error("hostile");
      }
    }
    const call = { ...READ, params: new Hostile() };
    expect(await rehearse(call, [errorList(503, "service_unavailable")])).toMatchObject({
      ended: 503,
      sentSeconds: [0],
    });
  });
});

describe("whether a replay is harmless", () => {
  const lost = () => "ECONNRESET";
  const broken = () => errorList(500, "server_error");

  it.each([
    ["a read", READ],
    ["a search by POST", { method: "post", url: "/contacts/search", data: {} }],
    ["an update by PUT", { method: "put", url: "/contacts/1", data: {} }],
    ["a deletion", { method: "delete", url: "/contacts/1" }],
    ["a company, which is matched by its company_id", { method: "post", url: "/companies", data: {} }],
    [
      "an event with created_at, which Intercom deduplicates",
      { method: "post", url: "/events", data: { created_at: 1 } },
    ],
    ["a read of an operation that is in no table", { url: "/brand/new" }],
  ])("%s whose outcome is unknown is sent again", async (_what, call) => {
    expect(await countAttempts(call, lost)).toBe(2);
    expect(await countAttempts(call, broken)).toBe(2);
  });

  it.each([
    ["a new contact", WRITE],
    ["a reply", { method: "post", url: "/conversations/1/reply", data: {} }],
    ["an event without created_at", { method: "post", url: "/events", data: { event_name: "a" } }],
    ["a write to an operation that is in no table", { method: "post", url: "/brand/new", data: {} }],
  ])("%s whose outcome is unknown is not sent again, unless asked for", async (_what, call) => {
    expect(await countAttempts(call, lost)).toBe(1);
    expect(await countAttempts(call, broken)).toBe(1);
    expect(await countAttempts(call, lost, { retry: { replayUnknownWrites: true } })).toBe(2);
  });

  it.each([
    ["the window refused it", () => windowUsedUp()],
    ["the connection was refused", () => "ECONNREFUSED"],
    ["the name could not be resolved", () => "ENOTFOUND"],
  ] satisfies [string, () => Reply][])(
    "a write is sent again when %s: nothing was done",
    async (_why, reply) => {
      expect(await countAttempts(WRITE, reply)).toBe(2);
    },
  );

  it("a page of the companies scroll is never asked for twice when the first response was lost", async () => {
    const call = { url: "/companies/scroll?scroll_param=a" };
    expect(await countAttempts(call, lost, { retry: { replayUnknownWrites: true } })).toBe(1);
    expect(await countAttempts(call, broken)).toBe(1);
    expect(await countAttempts(call, () => windowUsedUp())).toBe(2);
  });
});
