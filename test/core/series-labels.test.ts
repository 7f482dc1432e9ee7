import { describe, expect, it } from "vitest";
import {
  retryableLabel,
  statusClass,
  statusKey,
  statusLabel,
  zeroInitializedOutcomes,
} from "../../packages/core/src/record/prometheus/series-labels.ts";
import { SeriesTable } from "../../packages/core/src/record/prometheus/series-table.ts";
import { describePath } from "../support/describe-path.ts";

describe("the status of a series", () => {
  it.each([
    [undefined, "", ""],
    [200, "200", "2xx"],
    [299, "2xx", "2xx"],
    [404, "404", "4xx"],
    [444, "4xx", "4xx"],
    [499, "499", "4xx"],
    [100, "100", "1xx"],
    [999, "9xx", "9xx"],
  ])("for %s is %j, and %j once codes are joined", (status, label, joined) => {
    expect(statusLabel(statusKey(status))).toBe(label);
    expect(statusLabel(statusClass(statusKey(status)))).toBe(joined);
  });
});

it("retryable is empty without an error", () => {
  const labels = [undefined, { retryable: true }, { retryable: false }].map(retryableLabel);
  expect(labels).toEqual(["", "true", "false"]);
});

describe("a table of series", () => {
  const series = (error_category: string, retryable: string) => ({
    sharedLabels: { error_category, retryable },
  });

  it("tells them apart by status, code, category and retryable", () => {
    const table = new SeriesTable<ReturnType<typeof series>>();
    const first = table.add(404, "not_found", series("not_found", "false"));
    const second = table.add(404, "not_found", series("not_found", "true"));
    const third = table.add(404, "not_found", series("validation", "false"));
    expect(table.find(404, "not_found", "not_found", "false")).toBe(first);
    expect(table.find(404, "not_found", "not_found", "true")).toBe(second);
    expect(table.find(404, "not_found", "validation", "false")).toBe(third);
    expect(table.find(404, "not_found", "server", "false")).toBeUndefined();
    expect(table.find(404, "other", "not_found", "false")).toBeUndefined();
    expect(table.find(400, "not_found", "not_found", "false")).toBeUndefined();
  });
});

describe("the pre-initialized outcomes", () => {
  it.each([
    ["GET", "/me", 200],
    ["POST", "/audiences", 201],
    ["GET", "/nowhere", 200],
  ])("of %s %s are its success, %d, and the 429 of the window", (method, path, success) => {
    const outcomes = zeroInitializedOutcomes(describePath(method, path));
    expect(outcomes.map(({ status, error }) => [status, error?.code, error?.retryable])).toEqual([
      [success, undefined, undefined],
      [429, "rate_limit_exceeded", true],
    ]);
  });
});
