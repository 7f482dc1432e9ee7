import { get } from "node:http";
import {
  type FaultAction,
  RATE_HEADER_FAULTS,
  type RateHeaderFault,
  type Simulator,
} from "@intercom-telemetry/simulator";
import { expect, test } from "vitest";
import { call, start } from "./support.ts";

const scripted = (...sequence: FaultAction[]) => start({ script: { rules: [{ sequence }] } });

/** Raw headers as they came, repeated ones included. */
function rawHeaders(simulator: Simulator): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: "Bearer demo-token" };
    get(`${simulator.url}/me`, { headers }, (response) => {
      response.resume();
      resolve(response.rawHeaders);
    }).on("error", reject);
  });
}

const now = Math.floor(Date.now() / 1000);
const reset = expect.stringMatching(/^\d{10}$/);
const RATE_HEADERS: Readonly<Record<RateHeaderFault, readonly unknown[]>> = {
  missing: [],
  blank: ["", "", ""],
  negative: ["-1", "-1", "-1"],
  float: ["16.67", "16.67", "16.67"],
  overflow: ["1e9999", "1e9999", "1e9999"],
  words: ["unlimited", "unlimited", "unlimited"],
  duplicate: ["1667", "1667", "1666", "1666", reset, reset],
  remaining_above_limit: ["1667", "1767", reset],
  reset_in_past: ["1667", "1666", reset],
  reset_far_future: ["1667", "1666", reset],
  reset_in_milliseconds: ["1667", "1666", expect.stringMatching(/^\d{13}$/)],
};

test.each(RATE_HEADER_FAULTS)("rate-limit headers can be wrong: %s", async (fault) => {
  const simulator = await scripted({ kind: "rate_headers", fault });
  const raw = await rawHeaders(simulator);
  const values = raw.filter(
    (_value, index) => /^x-ratelimit-/i.test(raw[index - 1] ?? "") && index % 2 === 1,
  );
  expect(values).toEqual(RATE_HEADERS[fault]);
});

test("the ledger repeats headers that lie and leaves out those that are not a number", async () => {
  const simulator = await scripted(
    ...RATE_HEADER_FAULTS.map((fault): FaultAction => ({ kind: "rate_headers", fault })),
  );
  for (const _fault of RATE_HEADER_FAULTS) await call(simulator, "/me");
  const entries = simulator.ledger.entries();
  const of = (fault: RateHeaderFault) => entries[RATE_HEADER_FAULTS.indexOf(fault)];
  for (const fault of ["missing", "blank", "negative", "float", "overflow", "words", "duplicate"] as const) {
    const { limit, remaining, resetEpochSeconds } = of(fault) ?? {};
    expect({ fault, limit, remaining, resetEpochSeconds }).toEqual({ fault });
  }
  expect(of("remaining_above_limit")).toMatchObject({ limit: 1667, remaining: 1767 });
  expect(of("reset_in_past")?.resetEpochSeconds).toBeLessThan(now);
  expect(of("reset_far_future")?.resetEpochSeconds).toBeGreaterThan(now + 86_400);
});
