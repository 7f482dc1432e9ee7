import { describe, expect, it, vi } from "vitest";
import { mayReplay } from "../../../packages/core/src/retry/replay.ts";
import { callOn, outcomeOf, type ShortEnding } from "./outcomes.ts";

const UNKNOWN: ShortEnding = { status: 503, code: "service_unavailable" };

function replays(method: string, path: string, ending = UNKNOWN, body?: unknown, unknownWrites = false) {
  const call = callOn(method, path, { readBody: () => body });
  return mayReplay(outcomeOf(ending, call.operation), call, unknownWrites);
}

describe("a request whose effect is unknown is repeated", () => {
  it.each(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])(
    "with %s on a path that is not documented",
    (method) => {
      expect(replays(method, "/not/documented")).toBe(true);
    },
  );

  it.each(["POST", "PATCH"])("with %s on such a path only on request", (method) => {
    expect(replays(method, "/not/documented")).toBe(false);
    expect(replays(method, "/not/documented", UNKNOWN, undefined, true)).toBe(true);
  });

  it("when it is documented as harmless, although it is a POST", () => {
    expect(replays("POST", "/contacts/search")).toBe(true);
  });

  it("when it is a documented write only on request", () => {
    expect(replays("POST", "/messages")).toBe(false);
    expect(replays("POST", "/messages", UNKNOWN, undefined, true)).toBe(true);
  });

  it("never when it asks for the next page of the companies scroll", () => {
    expect(replays("GET", "/companies/scroll?scroll_param=a", UNKNOWN, undefined, true)).toBe(false);
  });
});

describe("an event is repeated when the caller set its time", () => {
  const event = (body: unknown) => replays("POST", "/events", UNKNOWN, body);
  const ofLength = (length: number) => `{"created_at":1,"a":"${"x".repeat(length - 23)}"}`;

  it("in a JSON body of up to 64 KiB", () => {
    expect(event(ofLength(64 * 1024))).toBe(true);
    expect(event(ofLength(64 * 1024 + 1))).toBe(false);
  });

  it.each([
    ["another field", '{"event_name":"a"}'],
    ["no JSON", "created_at"],
    ["an object", { created_at: 1 }],
  ])("and not in %s", (_what, body) => {
    expect(event(body)).toBe(false);
  });

  it("and no other body is read for it", () => {
    const readBody = vi.fn();
    const call = callOn("POST", "/messages", { readBody });
    mayReplay(outcomeOf(UNKNOWN, call.operation), call, false);
    expect(readBody).not.toHaveBeenCalled();
  });
});

describe("a write was not carried out", () => {
  it.each<[ShortEnding, boolean]>([
    [{ status: 429, code: "rate_limit_exceeded" }, true],
    [{ status: 400, code: "rate_limit_exceeded" }, true],
    [{ status: 499, code: "rate_limit_exceeded" }, false],
    [{ status: 408, code: "rate_limit_exceeded" }, false],
    [{ status: 399, code: "rate_limit_exceeded" }, false],
    [{ status: 500, code: "rate_limit_exceeded" }, false],
    [{ status: 400, code: "server_error" }, false],
    [{ status: 200 }, false],
    [{ status: 200, body: { type: "error.list", errors: [{ code: "rate_limit_exceeded" }] } }, false],
    [{ code: "ECONNREFUSED" }, true],
    [{ code: "ENOTFOUND" }, true],
    [{ code: "EHOSTUNREACH" }, true],
    [{ code: "ECONNRESET" }, false],
  ])("after %j: %j", (ending, expected) => {
    expect(replays("POST", "/messages", ending)).toBe(expected);
  });
});
