import { describe, expect, it } from "vitest";
import { type HerdOptions, playHerd } from "./herd.ts";
import type { HerdWindow } from "./herd-server.ts";

/** The first window is each process's own discovery of the others. */
async function play(options: Omit<HerdOptions, "windows" | "seed">, seed: number) {
  const windows = (await playHerd({ ...options, windows: 4, seed })).slice(1);
  const refused = sum(windows, (window) => window.refused);
  const used = sum(windows, (window) => window.used);
  const byProcess = Array.from({ length: options.processes }, (_, process) =>
    sum(windows, ({ usedByProcess }) => usedByProcess[process] ?? 0),
  );
  return {
    leastUse: Math.min(...windows.map((window) => window.used)) / options.quota,
    refusedShare: refused / (used + refused),
    fairness: Math.max(...byProcess) / Math.min(...byProcess),
    peakTenth: Math.max(...windows.map(({ peakTenth }) => peakTenth)),
  };
}

const sum = (windows: readonly HerdWindow[], read: (window: HerdWindow) => number): number =>
  windows.reduce((total, window) => total + read(window), 0);

describe("20 processes that want twice the quota", () => {
  it.each<[Partial<HerdOptions>, number]>([
    [{ arrivals: "open" }, 1],
    [{ arrivals: "open" }, 2],
    [{ arrivals: "closed" }, 1],
    [{ arrivals: "open", latencySeconds: 0.3 }, 1],
    [{ arrivals: "closed", latencySeconds: 1 }, 1],
    [{ arrivals: "open", stallSeconds: 0.5, stallEverySeconds: 7 }, 1],
  ])("use a quota of 1,667, are hardly refused, and share it fairly: %j, seed %i", async (options, seed) => {
    const result = await play({ quota: 1667, processes: 20, demand: 2, ...options }, seed);
    expect(result.leastUse).toBeGreaterThanOrEqual(0.95);
    expect(result.refusedShare).toBeLessThanOrEqual(0.02);
    expect(result.fairness).toBeLessThanOrEqual(2);
    expect(result.peakTenth).toBeLessThan(0.2);
  });

  it.each([1, 2, 3])("use a quota of 166, seed %i", async (seed) => {
    const result = await play({ quota: 166, processes: 20, demand: 2 }, seed);
    expect(result.leastUse).toBeGreaterThanOrEqual(0.95);
    expect(result.refusedShare).toBeLessThanOrEqual(0.02);
    expect(result.fairness).toBeLessThanOrEqual(2);
  });
});

describe("processes that share a quota", () => {
  it("get what they want while all together want less than the quota", async () => {
    const result = await play({ quota: 1667, processes: 20, demand: 0.8 }, 1);
    expect(result.refusedShare).toBe(0);
    expect(result.leastUse).toBeGreaterThan(0.7);
  });

  it("leave their share to the rest when half of them stop", async () => {
    const stopSeconds = (index: number) => (index < 10 ? 20 : 40);
    const windows = await playHerd({
      quota: 1667,
      processes: 20,
      demand: 4,
      windows: 4,
      seed: 1,
      arrivals: "closed",
      stopSeconds,
    });
    for (const { used, refused } of windows.slice(1)) {
      expect(used / 1667).toBeGreaterThanOrEqual(0.95);
      expect(refused / (used + refused)).toBeLessThanOrEqual(0.02);
    }
  });

  it("make room for one that starts later", async () => {
    const startSeconds = (index: number) => (index === 19 ? 10 : 0);
    const windows = await playHerd({
      quota: 1667,
      processes: 20,
      demand: 2,
      windows: 4,
      seed: 1,
      startSeconds,
    });
    const last = windows.at(-1)?.usedByProcess ?? [];
    expect(Math.max(...last) / Math.min(...last)).toBeLessThanOrEqual(2);
  });

  it("alone, uses a quota to the end", async () => {
    const result = await play({ quota: 1667, processes: 1, demand: 1.3 }, 1);
    expect(result.leastUse).toBeGreaterThanOrEqual(0.99);
    expect(result.refusedShare).toBeLessThanOrEqual(0.001);
  });
});
