import { createRandom } from "../../packages/simulator/src/random.ts";
import { ALL_FAULTS } from "../support/all-faults.ts";
import { pick } from "./pick.ts";

/** The token of the app that gets honest responses, within its quota. */
export const HONEST_TOKEN = "demo-token";
/** Share of the sends that meet a fault. */
const FAULT_RATIO = 0.36;

/** The app of each fault: a request with its token meets that fault. */
export const FAULT_APPS: readonly string[] = ALL_FAULTS.map((_, index) => `fault-${index}`);

/**
 * The token that an attempt carries, and with that the fault it meets. It depends on nothing but seed, call and attempt, so
 * that a seed brings the same faults again, in whatever order the requests arrive.
 */
export function tokenOf(seed: number, call: number, attempt: number): string {
  const random = createRandom(seed + Math.imul(call, 0x9e3779b1) + Math.imul(attempt, 0x85ebca6b));
  return random() < FAULT_RATIO ? pick(random, FAULT_APPS) : HONEST_TOKEN;
}
