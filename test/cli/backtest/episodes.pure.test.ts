import { describe, expect, it } from "vitest";
import { listEpisodes } from "../../../packages/cli/src/dashboards/backtest/episodes.ts";

const STEP = 30;
const END = 3000;
const patience = { forSeconds: 60, keepFiringForSeconds: 0, stepSeconds: STEP };

/** A series that is there at these moments. */
const at = (...moments: readonly number[]) => ({
  labels: { client: "a" },
  samples: moments.map((time) => [time, time / 10] as const),
});

const firingOf = (moments: readonly number[], changes: Partial<typeof patience> = {}) =>
  listEpisodes(at(...moments), { ...patience, ...changes }, END).map((episode) => [
    episode.firingEpochSeconds,
    episode.resolvedEpochSeconds,
  ]);

describe("an alert in the past", () => {
  it("fires once its condition has held for as long as it waits, and resolves at the evaluation after the last", () => {
    expect(firingOf([300, 330, 360, 390])).toEqual([[360, 420]]);
  });

  it("never fires when the condition is gone before", () => {
    expect(firingOf([300, 330, 390, 420])).toEqual([]);
  });

  it("fires at once when it does not wait, and again each time", () => {
    expect(firingOf([300, 390], { forSeconds: 0 })).toEqual([
      [300, 330],
      [390, 420],
    ]);
  });

  it("stays while it is kept, and a condition that is back by then makes no second one", () => {
    expect(firingOf([300, 420, 900], { forSeconds: 0, keepFiringForSeconds: 120 })).toEqual([
      [300, 570],
      [900, 1050],
    ]);
  });

  it("is not kept while it is only pending", () => {
    expect(firingOf([300, 390, 420], { keepFiringForSeconds: 600 })).toEqual([]);
  });

  it("still fires at the end when nothing says otherwise", () => {
    expect(firingOf([2910, 2940, 2970, 3000])).toEqual([[2970, undefined]]);
  });

  it("tells since when it was pending and its largest value while it fired", () => {
    const [episode] = listEpisodes(at(300, 330, 360, 390), patience, END);
    expect(episode).toMatchObject({ labels: { client: "a" }, pendingEpochSeconds: 300, peak: 39 });
  });
});
