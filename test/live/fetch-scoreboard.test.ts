import { expect, it } from "vitest";
import { runFetchScoreboard, summarizeFetch } from "../scoreboard/fetch/fetch-scoreboard.ts";

it("ours is right in every scenario of fetch and of the official SDKs, and others are not", async () => {
  const rows = await runFetchScoreboard();
  expect(rows.filter(({ wrong }) => wrong.ours !== undefined)).toEqual([]);
  const scores = summarizeFetch(rows);
  for (const { right, wrong } of [
    scores["instrumentation-undici"],
    scores["auto-instrumentations-node"],
    scores["@vercel/otel"],
    scores["a cloning wrapper"],
  ]) {
    // One that is set up as it should be is right most of the time.
    expect(right).toBeGreaterThan(wrong);
    expect(wrong).toBeGreaterThan(0);
  }
});
