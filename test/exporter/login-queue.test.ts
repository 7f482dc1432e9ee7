import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLoginQueue } from "../../packages/exporter/src/metrics/login-queue.ts";

const stays = () => false;
let logIn: ReturnType<typeof createLoginQueue>;
/** The log-ins whose checks have begun, in order. */
let checked: string[];

beforeEach(() => {
  vi.useFakeTimers();
  logIn = createLoginQueue();
  checked = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const attempt = (address: string, name: string, isRight = false, isGone = stays) =>
  logIn(
    address,
    async () => {
      checked.push(name);
      return isRight;
    },
    isGone,
  );

/** Fails one log-in after the other, for as long as that takes. */
async function fail(address: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const failing = attempt(address, `failure ${index}`);
    await vi.advanceTimersByTimeAsync(1000);
    await failing;
  }
  checked = [];
}

describe("the log-ins of one address", () => {
  it("are checked one at a time", async () => {
    let finish: (isRight: boolean) => void = () => {};
    const first = logIn(
      "10.0.0.1",
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
      stays,
    );
    const second = attempt("10.0.0.1", "second", true);
    await vi.advanceTimersByTimeAsync(0);
    expect(checked).toEqual([]);
    finish(true);
    expect(await Promise.all([first, second])).toEqual(["allowed", "allowed"]);
    expect(checked).toEqual(["second"]);
  });

  it.each([
    [1, 50],
    [2, 100],
    [4, 400],
    [5, 800],
    [6, 1000],
    [20, 1000],
  ])("after %d failures wait %d ms", async (failures, milliseconds) => {
    await fail("10.0.0.1", failures);
    const next = attempt("10.0.0.1", "next", true);
    await vi.advanceTimersByTimeAsync(milliseconds - 1);
    expect(checked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(checked).toEqual(["next"]);
    expect(await next).toBe("allowed");
  });

  it("are not slowed any more after one was right, or after a quiet minute", async () => {
    await fail("10.0.0.1", 6);
    const right = attempt("10.0.0.1", "right", true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await right).toBe("allowed");
    expect(await attempt("10.0.0.1", "next", true)).toBe("allowed");
    await fail("10.0.0.2", 6);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(await attempt("10.0.0.2", "later", true)).toBe("allowed");
  });

  it("are turned away while sixteen of them wait", async () => {
    await fail("10.0.0.1", 6);
    const flood = Array.from({ length: 20 }, (_, index) => attempt("10.0.0.1", `${index}`));
    await vi.advanceTimersByTimeAsync(20_000);
    const verdicts = await Promise.all(flood);
    expect(verdicts.filter((verdict) => verdict === "busy")).toHaveLength(4);
    expect(verdicts.filter((verdict) => verdict === "refused")).toHaveLength(16);
  });

  it("are not checked when their client has left", async () => {
    expect(await attempt("10.0.0.1", "gone", true, () => true)).toBe("refused");
    expect(checked).toEqual([]);
  });

  it("are those of its network in IPv6, and of the address that is mapped", async () => {
    await fail("2001:db8:1:2::1", 6);
    await fail("10.0.0.1", 6);
    void attempt("2001:db8:1:2:ffff::9", "neighbor", true);
    void attempt("::ffff:10.0.0.1", "mapped", true);
    expect(await attempt("2001:db8:1:3::1", "other network", true)).toBe("allowed");
    expect(checked).toEqual(["other network"]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(checked).toEqual(["other network", "neighbor", "mapped"]);
  });
});

describe("the log-ins of other addresses", () => {
  it("are not slowed by those who guess", async () => {
    for (const address of ["10.0.0.1", "10.0.0.2", "10.0.0.3"]) await fail(address, 10);
    for (const address of ["10.0.0.1", "10.0.0.2", "10.0.0.3"]) void attempt(address, "guess");
    expect(await attempt("10.0.0.4", "scraper", true)).toBe("allowed");
    expect(checked).toEqual(["scraper"]);
  });

  it("are checked two at a time, the others in the order in which they came", async () => {
    const finish: ((isRight: boolean) => void)[] = [];
    const all = Array.from({ length: 4 }, (_, index) =>
      logIn(
        `10.0.0.${index}`,
        () => {
          checked.push(`${index}`);
          return new Promise((resolve) => finish.push(resolve));
        },
        stays,
      ),
    );
    await vi.advanceTimersByTimeAsync(0);
    expect(checked).toEqual(["0", "1"]);
    finish[1]?.(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(checked).toEqual(["0", "1", "2"]);
    finish[0]?.(true);
    finish[2]?.(true);
    await vi.advanceTimersByTimeAsync(0);
    finish[3]?.(true);
    expect(await Promise.all(all)).toEqual(["allowed", "allowed", "allowed", "allowed"]);
  });

  it("are remembered in bounded number", async () => {
    for (let index = 0; index < 3000; index += 1) await attempt(`10.1.${index >> 8}.${index & 255}`, "x");
    expect(await attempt("10.9.9.9", "scraper", true)).toBe("allowed");
  });
});
