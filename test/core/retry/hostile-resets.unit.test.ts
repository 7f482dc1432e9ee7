import { RetryPolicy, resolveRetryOptions } from "@intercom-telemetry/core";
import { expect, it } from "vitest";
import { heapBytes } from "../../support/heap.ts";
import { callOn, outcomeOf } from "./outcomes.ts";

const RESPONSES = 50_000;
const MOST_BYTES = 1_000_000;

const CALL = callOn("GET", "/me");

/** A refused attempt. */
const limited = (headers: Readonly<Record<string, string>>) =>
  outcomeOf({ status: 429, code: "rate_limit_exceeded", headers }, CALL.operation);

const inSeconds = (seconds: number): string => String(Math.ceil(Date.now() / 1000) + seconds);
const usual = { "x-ratelimit-limit": "100", "x-ratelimit-remaining": "0" };

it.each([
  ["a reset of its own, further and further away", (n: number) => ({ "x-ratelimit-reset": inSeconds(n) })],
  [
    "a wait of its own, longer and longer",
    (n: number) => ({ "x-ratelimit-reset": inSeconds(5), "retry-after": String(n) }),
  ],
  [
    "a clock of its own, later and later",
    (n: number) => ({
      "x-ratelimit-reset": inSeconds(20 * n),
      date: new Date(Date.now() + 20_000 * n).toUTCString(),
    }),
  ],
])("a server that names with each response %s does not make the plan of windows grow", async (_, name) => {
  const policy = new RetryPolicy(resolveRetryOptions({}));
  const refuse = (headers: Readonly<Record<string, string>>) => {
    const outcome = limited(headers);
    policy.recordEnd(outcome);
    return policy.decide(outcome, { ...CALL, startedMilliseconds: policy.nowMilliseconds() });
  };
  refuse({ ...usual, "x-ratelimit-reset": inSeconds(5) });
  const before = await heapBytes();
  for (let response = 0; response < RESPONSES; response += 1) refuse({ ...usual, ...name(response) });
  expect((await heapBytes()) - before).toBeLessThan(MOST_BYTES);
  expect(refuse(usual).retry).toBe(true);
});
