import { describe, expect, it } from "vitest";
import { chooseWait } from "../../../packages/core/src/retry/wait.ts";
import { callOn, outcomeOf, type ShortEnding } from "./outcomes.ts";

const NOW = 1_800_000_000;
const { operation } = callOn("GET", "/me");

/** The wait where chance gives `drawn`. */
function waitAfter(ending: ShortEnding, { drawn = 0.5, retryCount = 0 } = {}) {
  const options = { backoffSeconds: 0.5, longestBackoffSeconds: 20 };
  const settings = { options, serverEpochSeconds: NOW, random: () => drawn };
  return chooseWait(outcomeOf(ending, operation, retryCount), settings);
}

const failed = (headers: Readonly<Record<string, string>> = {}): ShortEnding => ({
  status: 503,
  code: "service_unavailable",
  headers,
});
const limited = (headers: Readonly<Record<string, string>> = {}): ShortEnding => ({
  status: 429,
  code: "rate_limit_exceeded",
  headers,
});

describe("a wait that the response names", () => {
  it("is taken from the first step of the backoff on, and up to a fifth longer", () => {
    expect(waitAfter(failed({ "retry-after": "7" }), { drawn: 0 })).toEqual({
      reason: "retry_after",
      seconds: 7,
    });
    expect(waitAfter(failed({ "retry-after": "7" })).reason).toBe("retry_after");
    expect(waitAfter(failed({ "retry-after": "10" }), { drawn: 1 })).toEqual({
      reason: "retry_after",
      seconds: 12,
    });
    expect(waitAfter(failed({ "retry-after": "0.5" }), { drawn: 0 })).toEqual({
      reason: "retry_after",
      seconds: 0.5,
    });
    expect(waitAfter(failed({ "retry-after": "0.4" })).reason).toBe("server_error");
  });

  it("is a slot in the windows from then on, when the window was used up", () => {
    expect(waitAfter(limited({ "retry-after": "7", "x-ratelimit-reset": String(NOW + 9) }))).toEqual({
      reason: "retry_after",
      slotFromEpochSeconds: NOW + 7,
    });
  });
});

describe("the reset of the window", () => {
  const reset = { "x-ratelimit-reset": String(NOW + 9) };

  it("is waited for when the window was used up", () => {
    expect(waitAfter(limited(reset))).toEqual({ reason: "window_reset", slotFromEpochSeconds: NOW + 9 });
  });

  it("is not waited for after any other failure", () => {
    expect(waitAfter(failed(reset))).toEqual({ reason: "server_error", seconds: 0.375 });
  });
});

describe("a backoff", () => {
  it.each([
    [0, 0, 0.25],
    [0, 1, 0.5],
    [1, 0, 0.5],
    [3, 1, 4],
    [10, 0, 10],
    [10, 1, 20],
  ])("after retry %i, where chance gives %d, is %d seconds", (retryCount, drawn, seconds) => {
    expect(waitAfter(failed(), { retryCount, drawn })).toEqual({ reason: "server_error", seconds });
  });

  it.each<[ShortEnding, string]>([
    [limited(), "window_unknown"],
    [{ status: 429, code: "too_many_requests" }, "overload"],
    [{ status: 400, code: "too_many_requests" }, "overload"],
    [{ status: 429, body: "<html>", headers: { "content-type": "text/html" } }, "overload"],
    [{ code: "ECONNRESET" }, "no_response"],
    [{ status: 409, code: "conflict" }, "conflict"],
    [{ status: 500, code: "server_error" }, "server_error"],
    [{ status: 200 }, "server_error"],
  ])("after %j has the reason %s", (ending, reason) => {
    expect(waitAfter(ending)).toMatchObject({ reason });
  });
});
