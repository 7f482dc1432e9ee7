import { DEFAULT_API_HOSTS, resolveRetryOptions } from "@intercom-telemetry/core";
import { describe, expect, it } from "vitest";

describe("options of the retry policy", () => {
  it("all have a default", () => {
    expect(resolveRetryOptions({})).toEqual({
      retries: 4,
      deadlineSeconds: 60,
      replayUnknownWrites: false,
      hosts: DEFAULT_API_HOSTS,
      quotaShare: 1,
      windowSeconds: 10,
      backoffSeconds: 0.5,
      longestBackoffSeconds: 20,
    });
  });

  it.each([
    ["retries", 0, 20, "a whole number from 0 to 20"],
    ["deadlineSeconds", 0.1, 3600, "a number from 0.1 to 3600"],
    ["windowSeconds", 1, 3600, "a number from 1 to 3600"],
    ["backoffSeconds", 0.001, 60, "a number from 0.001 to 60"],
    ["longestBackoffSeconds", 0.001, 600, "a number from 0.001 to 600"],
  ])("%s is taken from %d to %d, and refused beyond", (name, least, most, expected) => {
    for (const value of [least, most])
      expect(resolveRetryOptions({ [name]: value })).toHaveProperty(name, value);
    for (const value of [least / 2 - 0.0001, most + 1, Number.NaN, "1"]) {
      expect(() => resolveRetryOptions({ [name]: value })).toThrow(`${name}: expected ${expected}, got `);
    }
  });

  it("quotaShare is taken above 0 and up to 1", () => {
    for (const quotaShare of [0.01, 1])
      expect(resolveRetryOptions({ quotaShare })).toMatchObject({ quotaShare });
    for (const quotaShare of [0, -1, 1.01, Number.NaN, "0.5"]) {
      expect(() => resolveRetryOptions({ quotaShare })).toThrow(
        "quotaShare: expected a number above 0 and up to 1, got ",
      );
    }
  });

  it("replayUnknownWrites is a boolean, and hosts are added to Intercom's", () => {
    expect(resolveRetryOptions({ replayUnknownWrites: true })).toMatchObject({ replayUnknownWrites: true });
    expect(() => resolveRetryOptions({ replayUnknownWrites: "yes" })).toThrow(
      "replayUnknownWrites: expected a boolean",
    );
    expect(resolveRetryOptions({ hosts: ["localhost:1"] }).hosts).toHaveLength(DEFAULT_API_HOSTS.length + 1);
    expect(() => resolveRetryOptions({ hosts: "localhost" })).toThrow(
      "hosts: expected an array of host names",
    );
  });

  it("of another name are refused, unless the transport takes them", () => {
    expect(() => resolveRetryOptions({ retrys: 1 }, ["fetch"])).toThrow(
      "options: expected only retries, deadlineSeconds, replayUnknownWrites, hosts, quotaShare, windowSeconds, " +
        "backoffSeconds, longestBackoffSeconds, fetch, got ",
    );
    expect(() => resolveRetryOptions({ retrys: 1 })).toThrow("backoffSeconds, longestBackoffSeconds, got ");
    expect(resolveRetryOptions({ fetch: 1 }, ["fetch"])).toMatchObject({ retries: 4 });
  });
});
