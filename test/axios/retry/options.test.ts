import { type IntercomRetryOptions, intercomRetry } from "@intercom-telemetry/axios/retry";
import { describe, expect, it } from "vitest";

const message = (options: unknown): string => {
  try {
    intercomRetry(options as IntercomRetryOptions);
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
  return "taken";
};

describe("options of intercomRetry", () => {
  it("are all optional", () => {
    expect(intercomRetry()).toMatchObject({ retries: 4, shouldResetTimeout: true });
  });

  it.each([
    [{ retrys: 1 }, /^options: expected only retries, deadlineSeconds, .*, got "retrys"$/],
    [null, /^options: expected an object, got null$/],
    [{ retries: 1.5 }, /^retries: expected a whole number from 0 to 20, got 1.5$/],
    [{ retries: "3" }, /^retries: expected a whole number from 0 to 20, got "3"$/],
    [{ deadlineSeconds: 0 }, /^deadlineSeconds: expected a number from 0.1 to 3600, got 0$/],
    [{ deadlineSeconds: Number.NaN }, /^deadlineSeconds: .*, got NaN$/],
    [{ replayUnknownWrites: 1 }, /^replayUnknownWrites: expected a boolean, got 1$/],
    [{ hosts: "localhost" }, /^hosts: expected an array of host names, got a string of 9 characters$/],
    [{ quotaShare: 0 }, /^quotaShare: expected a number above 0 and up to 1, got 0$/],
    [{ quotaShare: 1.1 }, /^quotaShare: expected a number above 0 and up to 1, got 1.1$/],
    [{ windowSeconds: 0.5 }, /^windowSeconds: expected a number from 1 to 3600, got 0.5$/],
    [{ backoffSeconds: -1 }, /^backoffSeconds: expected a number from 0.001 to 60, got -1$/],
    [{ longestBackoffSeconds: 601 }, /^longestBackoffSeconds: expected a number from 0.001 to 600, got 601$/],
  ])("%j is refused by name, with what was expected and what came", (options, expected) => {
    expect(message(options)).toMatch(expected);
  });
});
