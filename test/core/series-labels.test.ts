import { describe, expect, it } from "vitest";
import {
  foreseeableOutcomes,
  MOST_REQUEST_SERIES,
  OperationLabels,
} from "../../packages/core/src/record/prometheus/series-labels.ts";
import { describePath } from "../support/describe-path.ts";

const me = describePath("GET", "/me");
const failed = (code: string) => ({ code, retryable: false }) as never;

function labelsOf(status: number | undefined, error?: ReturnType<typeof failed>, series = 0) {
  const { status_code, error_code, retryable } = new OperationLabels("c", me, { series }).forOutcome({
    status,
    error,
  });
  return [status_code, error_code, retryable];
}

describe("the labels of an outcome", () => {
  it.each([
    [200, undefined, ["200", "", ""]],
    [404, failed("not_found"), ["404", "not_found", "false"]],
    [444, failed("bad_request"), ["4xx", "bad_request", "false"]],
    [299, undefined, ["2xx", "", ""]],
    [undefined, failed("timeout"), ["", "timeout", "false"]],
  ])("with status %s and error %j are %j", (status, error, expected) => {
    expect(labelsOf(status, error)).toEqual(expected);
  });

  it("are the same object each time, which cannot be changed", () => {
    const labels = new OperationLabels("c", me, { series: 0 });
    const first = labels.forOutcome({ status: 200 });
    expect(labels.forOutcome({ status: 200 })).toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
    expect(first).toMatchObject({ client: "c", method: "GET", endpoint: "/me" });
  });

  it("are counted once each against the most that there may be", () => {
    const budget = { series: 0 };
    const labels = new OperationLabels("c", me, budget);
    for (const status of [200, 201, 200, 201, 200]) labels.forOutcome({ status });
    expect(budget.series).toBe(2);
  });
});

describe("once there are as many series as there may be", () => {
  it.each([
    [200, undefined, ["2xx", "", ""]],
    [404, failed("not_found"), ["4xx", "other", "false"]],
    [undefined, failed("timeout"), ["", "other", "false"]],
  ])("status %s and error %j share the series %j with all like them", (status, error, expected) => {
    expect(labelsOf(status, error, MOST_REQUEST_SERIES)).toEqual(expected);
  });

  it("one below it still gets a series of its own, and what has one keeps it", () => {
    const budget = { series: MOST_REQUEST_SERIES - 1 };
    const labels = new OperationLabels("c", me, budget);
    const last = labels.forOutcome({ status: 200 });
    expect(last.status_code).toBe("200");
    expect(labels.forOutcome({ status: 201 }).status_code).toBe("2xx");
    expect(labels.forOutcome({ status: 200 })).toBe(last);
    expect(budget.series).toBe(MOST_REQUEST_SERIES);
  });
});

describe("the outcomes that are foreseen", () => {
  it.each([
    ["GET", "/me", 200],
    ["POST", "/audiences", 201],
    ["GET", "/nowhere", 200],
  ])("for %s %s are its success, %d, and the 429 of the window", (method, path, success) => {
    const outcomes = foreseeableOutcomes(describePath(method, path));
    expect(outcomes.map(({ status, error }) => [status, error?.code, error?.retryable])).toEqual([
      [success, undefined, undefined],
      [429, "rate_limit_exceeded", true],
    ]);
  });
});
