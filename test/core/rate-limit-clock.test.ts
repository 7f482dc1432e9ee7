import { describe, expect, it } from "vitest";
import { isJobLimit } from "../../packages/core/src/rate-limit/job-limit.ts";
import {
  parseHttpDate,
  readRetryAfter,
  secondsUntil,
} from "../../packages/core/src/rate-limit/retry-after.ts";
import {
  clocksAgree,
  isPlausibleReset,
  serverClock,
  usableReset,
} from "../../packages/core/src/rate-limit/server-clock.ts";

const NOW = 1_800_000_000;
const DATE = "Fri, 15 Jan 2027 08:00:00 GMT";

describe("a date of HTTP", () => {
  it("is read, and read again", () => {
    for (let time = 0; time < 2; time += 1) expect(parseHttpDate(DATE)).toBe(NOW);
    expect(parseHttpDate("Fri, 15 Jan 2027 08:00:01 GMT")).toBe(NOW + 1);
    expect(parseHttpDate(DATE)).toBe(NOW);
  });

  it.each([
    "",
    "2027-01-15",
    "Fri, 15 Jan 2027 08:00:00",
    "Fri, 15 Jan 2027 08:00:00 GMT+1",
    "Fri, 15 Jan 2027 08:00:00 UTC",
    ` ${DATE}`,
    `x${DATE}`,
    `${DATE} `,
    "fri, 15 Jan 2027 08:00:00 GMT",
    "Friday, 15 Jan 2027 08:00:00 GMT",
    "Fri, 5 Jan 2027 08:00:00 GMT",
    "Fri, 15 jan 2027 08:00:00 GMT",
    "Fri, 15 January 2027 08:00:00 GMT",
    "Fri, 15 Jan 27 08:00:00 GMT",
    "Fri, 15 Jan 2027 8:00:00 GMT",
    "Fri, 15 Jan 2027 08:0:00 GMT",
    "Fri, 15 Jan 2027 08:00:0 GMT",
    "Fri, 15 Xxx 2027 08:00:00 GMT",
    "Fri, 15 Jan 2027 25:00:00 GMT",
  ])("is not %j", (text) => {
    for (let time = 0; time < 2; time += 1) expect(parseHttpDate(text)).toBeUndefined();
    expect(parseHttpDate(undefined)).toBeUndefined();
  });
});

describe("Retry-After", () => {
  it.each<[string, object]>([
    ["0", { seconds: 0 }],
    [" 7 ", { seconds: 7 }],
    ["123456789", { seconds: 123_456_789 }],
    ["0.123456", { seconds: 0.123456 }],
    [DATE, { epochSeconds: NOW }],
    [` ${DATE} `, { epochSeconds: NOW }],
  ])("%j is read", (text, expected) => {
    expect(readRetryAfter(text)).toEqual(expected);
  });

  it.each([undefined, "", "1234567890", "1.", ".5", "1.1234567", "-1", "7s", "x7", "1,5", "soon"])(
    "%j says nothing",
    (text) => {
      expect(readRetryAfter(text)).toBeUndefined();
    },
  );

  it("is a wait of some seconds, or until an instant that may be over", () => {
    expect(secondsUntil(undefined, NOW)).toBeUndefined();
    expect(secondsUntil({ seconds: 7 }, NOW)).toBe(7);
    expect(secondsUntil({ epochSeconds: NOW + 7 }, NOW)).toBe(7);
    expect(secondsUntil({ epochSeconds: NOW - 7 }, NOW)).toBe(0);
  });
});

describe("the server's clock", () => {
  it("agrees with one that is two seconds off, and with none further", () => {
    expect([-2, 0, 2].map((off) => clocksAgree(NOW + off, NOW))).toEqual([true, true, true]);
    expect([-2.1, 2.1].map((off) => clocksAgree(NOW + off, NOW))).toEqual([false, false]);
  });

  it("is the local one where the response has no date", () => {
    expect([serverClock(undefined, NOW, 1), serverClock(undefined, NOW, 1, 5)]).toEqual([NOW, NOW + 5]);
  });

  it.each([
    [2, NOW],
    [2.1, NOW + 2.1],
    [-5, NOW],
    [-5.1, NOW - 5.1],
  ])("with a date %d s off after an attempt of 3 s is %d", (offSeconds, expected) => {
    expect(serverClock(NOW + offSeconds, NOW, 3)).toBe(expected);
  });

  it("is what earlier responses say while that explains the date, else the local one, else the date", () => {
    expect(serverClock(NOW + 100, NOW, 0, 101)).toBe(NOW + 101);
    expect(serverClock(NOW + 1, NOW, 0, 101)).toBe(NOW);
    expect(serverClock(NOW + 50, NOW, 0, 101)).toBe(NOW + 50);
  });
});

describe("a reset", () => {
  it("can be that of a window when it is at most two seconds over, and no further ahead than the longest", () => {
    const plausible = (left: number) => isPlausibleReset(NOW + left, NOW, 30);
    expect([-2, 0, 30].map(plausible)).toEqual([true, true, true]);
    expect([-2.1, 30.1].map(plausible)).toEqual([false, false]);
  });

  it("can be waited for when it lies ahead, by a minute at most", () => {
    const usable = (left: number) => usableReset({ resetEpochSeconds: NOW + left }, NOW);
    expect([0.1, 60].map(usable)).toEqual([NOW + 0.1, NOW + 60]);
    expect([-1, 0, 60.1].map(usable)).toEqual([undefined, undefined, undefined]);
    expect([usableReset({}, NOW), usableReset(undefined, NOW)]).toEqual([undefined, undefined]);
  });
});

describe("a refusal because of export jobs", () => {
  const isOfJobs = (template: string, message: unknown) => isJobLimit(template, { message });

  it.each(["/export/content/data", "/export/reporting_data/enqueue"])("is any at %s", (template) => {
    expect(isJobLimit(template, undefined)).toBe(true);
    expect(isOfJobs(template, 1)).toBe(true);
    expect(isOfJobs(template, "Too many requests")).toBe(true);
  });

  it("is not one that names the window", () => {
    expect(isOfJobs("/export/content/data", "rate limit of 10_seconds exceeded")).toBe(false);
    expect(isOfJobs("/export/content/data", `${"x".repeat(256)}10_seconds`)).toBe(true);
  });

  it("elsewhere is one that speaks of pending jobs", () => {
    expect(isOfJobs("/me", "You have a pending export job")).toBe(true);
    expect(isOfJobs("/me", `pending${" ".repeat(40)}jobs`)).toBe(true);
    for (const message of [
      "Too many requests",
      "spending on jobs",
      "pending jobless claims",
      "job pending",
      `pending${" ".repeat(41)}jobs`,
      `${"x".repeat(256)} pending job`,
    ]) {
      expect(isOfJobs("/me", message)).toBe(false);
    }
    expect(isJobLimit("/me", { message: 1 })).toBe(false);
    expect(isJobLimit("/me", "pending job")).toBe(false);
  });
});
