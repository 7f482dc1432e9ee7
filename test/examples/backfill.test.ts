import axios from "axios";
import { describe, expect, onTestFinished, test } from "vitest";
import { pauseSeconds } from "../../examples/backfill/src/pace.ts";
import { scrollCompanies } from "../../examples/backfill/src/scroll-companies.ts";
import { startRehearsal } from "../../examples/backfill/src/start-simulator.ts";
import { startProgram } from "./program.ts";

async function start(companies: number) {
  const simulator = await startRehearsal({
    companies,
    limitPerWindow: 8,
    windowSeconds: 1,
    scrollLifeSeconds: 1,
  });
  onTestFinished(() => simulator.close());
  const intercom = axios.create({ baseURL: simulator.url, headers: { Authorization: "Bearer demo-token" } });
  return { simulator, intercom };
}

const OPTIONS = { quotaShare: 0.5, mostRestarts: 5, busySeconds: 1.2, log: () => {} };

async function readAll(companies: AsyncIterable<{ company_id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { company_id } of companies) ids.push(company_id);
  return ids;
}

test("the example reads every company through a scroll that breaks, with pauses", async () => {
  const example = startProgram("examples/backfill/src/main.ts");
  expect(await example.exited, example.output()).toBe(0);
  const output = example.output();
  expect(output).toMatch(/^pause of \d\.\d s: 50 % of the window's quota is used$/m);
  expect(output).toMatch(/^restart \(1 of 5\): 500 server_error on GET \/companies\/scroll/m);
  expect(output).toMatch(/^wait \(2 of 5\): 400 scroll_exists on GET \/companies\/scroll/m);
  expect(output).toMatch(/^950 companies, each of them once$/m);
});

describe("scrollCompanies", () => {
  test("yields each company once, over a restart and a scroll that is still open", async () => {
    const { intercom } = await start(620);
    const ids = await readAll(scrollCompanies(intercom, OPTIONS));
    expect(ids).toHaveLength(620);
    expect(new Set(ids).size).toBe(620);
  });

  test("never uses more than its share of a window", async () => {
    const { intercom, simulator } = await start(620);
    await readAll(scrollCompanies(intercom, OPTIONS));
    const windows = new Map<number, number>();
    for (const { startedEpochSeconds, status } of simulator.ledger.entries()) {
      expect(status).not.toBe(429);
      const window = Math.floor(startedEpochSeconds);
      windows.set(window, (windows.get(window) ?? 0) + 1);
    }
    // A timer that fires a millisecond early puts one request at the end of the window that was left.
    expect(Math.max(...windows.values())).toBeLessThanOrEqual(5);
  });

  test("gives up what no restart can fix, and after a number of restarts", async () => {
    const { intercom, simulator } = await start(1);
    simulator.revokeToken("demo-token");
    const refused = readAll(scrollCompanies(intercom, OPTIONS));
    await expect(refused).rejects.toMatchObject({ response: { status: 401 } });
    simulator.setScript({ rules: [{ action: { kind: "error_list", status: 500, code: "server_error" } }] });
    simulator.ledger.clear();
    const broken = readAll(scrollCompanies(intercom, { ...OPTIONS, mostRestarts: 2 }));
    await expect(broken).rejects.toMatchObject({ response: { status: 500 } });
    expect(simulator.ledger.entries()).toHaveLength(3);
  });
});

describe("the pause", () => {
  const headers = (remaining: string, reset = "1010") => ({
    "x-ratelimit-limit": "100",
    "x-ratelimit-remaining": remaining,
    "x-ratelimit-reset": reset,
  });

  test.each([
    ["is none while the share is not used up", headers("60"), 0],
    ["lasts until the reset when it is", headers("40"), 7],
    ["is none when the window has ended", headers("0", "1002"), 0],
    ["is a minute at most, whatever the clocks say", headers("0", "9999"), 60],
    ["is none without the headers", {}, 0],
    ["is none when they make no sense", headers("-1"), 0],
  ])("%s", (_what, given, expected) => {
    expect(pauseSeconds(given, 0.5, 1003)).toBe(expected);
  });
});
