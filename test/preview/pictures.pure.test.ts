import { expect, test } from "vitest";
import { separateBuckets } from "../../packages/preview/page/viz/heatmap-cells.ts";
import { joinStretches } from "../../packages/preview/page/viz/join-stretches.ts";
import { joinStates } from "../../packages/preview/page/viz/state-runs.ts";

test("each cell of a heatmap holds what its bucket alone counted, whatever the order of the series", () => {
  const buckets = [
    { le: Number.POSITIVE_INFINITY, times: [10, 20], counts: [9, 4] },
    { le: 0.1, times: [10, 20], counts: [2, 4] },
    { le: 0.5, times: [10, 20], counts: [7, 4] },
  ];
  expect(separateBuckets(buckets)).toEqual([
    { row: 0, timeMilliseconds: 10, count: 2 },
    { row: 0, timeMilliseconds: 20, count: 4 },
    { row: 1, timeMilliseconds: 10, count: 5 },
    { row: 2, timeMilliseconds: 10, count: 2 },
  ]);
});

test("a bucket whose lower neighbor was not scraped at a moment counts in full there", () => {
  const buckets = [
    { le: 1, times: [10], counts: [1] },
    { le: 2, times: [10, 20], counts: [3, 3] },
  ];
  expect(separateBuckets(buckets).filter(({ row }) => row === 1)).toEqual([
    { row: 1, timeMilliseconds: 10, count: 2 },
    { row: 1, timeMilliseconds: 20, count: 3 },
  ]);
});

test("samples of the same state are one stretch until the state changes or samples are missing", () => {
  const runs = joinStates([0, 10, 20, 30, 60], ["good", "good", "bad", "bad", "bad"], 10);
  expect(runs).toEqual([
    { fromMilliseconds: 0, toMilliseconds: 20, state: "good" },
    { fromMilliseconds: 20, toMilliseconds: 40, state: "bad" },
    { fromMilliseconds: 60, toMilliseconds: 70, state: "bad" },
  ]);
});

test("stretches that overlap or touch are one, so that many alerts at once color a picture no more than one", () => {
  const stretch = (fromMilliseconds: number, toMilliseconds: number) => ({
    fromMilliseconds,
    toMilliseconds,
  });
  const given = [stretch(50, 60), stretch(0, 10), stretch(5, 8), stretch(10, 20), stretch(61, 61)];
  expect(joinStretches(given)).toEqual([stretch(0, 20), stretch(50, 60), stretch(61, 61)]);
});
