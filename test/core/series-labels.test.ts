import { describe, expect, it } from "vitest";
import {
  retryableLabel,
  statusClass,
  statusLabel,
  zeroInitializedOutcomes,
} from "../../packages/core/src/record/series/series-labels.ts";
import { SeriesTable } from "../../packages/core/src/record/series/series-table.ts";
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
    [1000, "", ""],
  ])("for %s is %j, and %j once codes are joined", (status, label, joined) => {
    expect(statusLabel(status)).toBe(label);
    expect(statusClass(status)).toBe(joined);
  });
});

it("retryable is empty without an error", () => {
  const labels = [undefined, { retryable: true }, { retryable: false }].map(retryableLabel);
  expect(labels).toEqual(["", "true", "false"]);
});

it("a table of series tells them apart by code, category, status and retryable", () => {
  const table = new SeriesTable<{ sharedLabels: Record<string, string> }>();
  const request = (status_code: string, error_category: string, retryable: string) =>
    table.add("not_found", { sharedLabels: { status_code, error_category, retryable } });
  const first = request("404", "not_found", "false");
  const second = request("404", "not_found", "true");
  const third = request("404", "validation", "false");
  const fourth = request("4xx", "not_found", "false");
  const retry = table.add("not_found", { sharedLabels: { error_category: "not_found" } });
  expect(table.find("not_found", "not_found", "404", "false")).toBe(first);
  expect(table.find("not_found", "not_found", "404", "true")).toBe(second);
  expect(table.find("not_found", "validation", "404", "false")).toBe(third);
  expect(table.find("not_found", "not_found", "4xx", "false")).toBe(fourth);
  expect(table.find("not_found", "not_found")).toBe(retry);
  expect(table.find("not_found", "server", "404", "false")).toBeUndefined();
  expect(table.find("other", "not_found", "404", "false")).toBeUndefined();
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
