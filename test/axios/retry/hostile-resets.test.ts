import { intercomRetry } from "@intercom-telemetry/axios";
import { expect, it } from "vitest";
import { heapBytes } from "../../support/heap.ts";

const ANSWERS = 50_000;
const MOST_BYTES = 1_000_000;

/** A 429 as axios hands it on. */
function limited(headers: Readonly<Record<string, string>>): Error {
  const data = '{"type":"error.list","errors":[{"code":"rate_limit_exceeded"}]}';
  const config = { url: "https://api.intercom.io/me", method: "get" };
  return Object.assign(new Error("429"), { config, response: { status: 429, headers, data, config } });
}

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
])("a server that names with each answer %s does not make the plan of windows grow", async (_, name) => {
  const policy = intercomRetry();
  policy.retryCondition(limited({ ...usual, "x-ratelimit-reset": inSeconds(5) }));
  const before = await heapBytes();
  for (let answer = 0; answer < ANSWERS; answer += 1) {
    policy.retryCondition(limited({ ...usual, ...name(answer) }));
  }
  expect((await heapBytes()) - before).toBeLessThan(MOST_BYTES);
  expect(policy.retryCondition(limited(usual))).toBe(true);
});
