import { describe, expect, it } from "vitest";
import { CALLERS, meetClosedWindow } from "./closed-window.ts";
import { useVirtualTime } from "./virtual-time.ts";

// Tight for 100 callers: two windows of 60 have to do.
const QUOTA = 60;

describe("100 concurrent callers that meet a closed window", () => {
  it("all succeed within two windows, inside the quota, with hardly more than one request a call", async () => {
    const ours = await meetClosedWindow("intercomRetry with throttle", QUOTA, useVirtualTime());
    expect(ours.succeeded).toBe(CALLERS);
    expect(ours.windowsNeeded).toBeLessThanOrEqual(2);
    expect(ours.nextWindowUse).toBeLessThanOrEqual(1.1);
    expect(ours.requestsPerCall).toBeLessThan(1.5);
    expect(ours.peakTenthUse).toBeLessThan(0.3);
  });

  it("need the 429 that each had and one retry when first attempts are not throttled", async () => {
    const ours = await meetClosedWindow("intercomRetry", QUOTA, useVirtualTime());
    expect(ours.succeeded).toBe(CALLERS);
    expect(ours.windowsNeeded).toBeLessThanOrEqual(2);
    expect(ours.nextWindowUse).toBeLessThanOrEqual(1.1);
    expect(ours.requestsPerCall).toBeLessThanOrEqual(2.1);
  });

  it("return all at once and overrun the quota with the loop of the reference", async () => {
    const naive = await meetClosedWindow("the reference's loop", QUOTA, useVirtualTime());
    expect(naive.nextWindowUse).toBeGreaterThan(1.1);
    expect(naive.requestsPerCall).toBeGreaterThan(2.2);
    expect(naive.peakTenthUse).toBeGreaterThan(0.5);
  });
});
