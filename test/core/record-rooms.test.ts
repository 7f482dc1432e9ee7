import { describe, expect, it } from "vitest";
import { meterBounds, registryBounds } from "../../packages/core/src/record/series/series-bounds.ts";
import { SeriesRoom } from "../../packages/core/src/record/series/series-room.ts";

/** How many series find room. */
function fill(room: SeriesRoom): number {
  let taken = 0;
  while (taken < 50_000 && room.take()) taken += 1;
  return taken;
}

describe("room for series", () => {
  it("is taken up to its bound, and never beyond that of the whole", () => {
    const whole = new SeriesRoom(5);
    const [one, other] = [new SeriesRoom(3, whole), new SeriesRoom(3, whole)];
    expect([fill(one), fill(other), fill(whole)]).toEqual([3, 2, 0]);
    expect(one.whole).toBe(whole);
  });

  it("that the whole did not have is not counted as taken", () => {
    const whole = new SeriesRoom(0);
    const part = new SeriesRoom(1, whole);
    expect([part.take(), part.take(), fill(new SeriesRoom(1))]).toEqual([false, false, 1]);
  });

  it("of a registry is 4,000 for each client and 20,000 for all, of whatever metric", () => {
    const { all, createClientRooms, joinsOperations } = registryBounds();
    expect(joinsOperations).toBe(false);
    const rooms = [1, 2, 3, 4, 5, 6].map(() => createClientRooms());
    expect(rooms.map(({ requests }) => fill(requests))).toEqual([4000, 4000, 4000, 4000, 4000, 0]);
    expect(rooms.map(({ retries }) => fill(retries))).toEqual([0, 0, 0, 0, 0, 0]);
    expect([fill(all.requests), fill(all.retries), fill(all.duration)]).toEqual([0, 0, 0]);
  });

  it("of a meter is 1,500 for each client and 1,900 for all, in each metric", () => {
    const { all, createClientRooms, joinsOperations } = meterBounds();
    expect(joinsOperations).toBe(true);
    const [one, other] = [createClientRooms(), createClientRooms()];
    expect([fill(one.requests), fill(other.requests), fill(all.requests)]).toEqual([1500, 400, 0]);
    expect([fill(one.retries), fill(other.retries), fill(all.retries)]).toEqual([1500, 400, 0]);
    expect(fill(all.duration)).toBe(1900);
  });
});
