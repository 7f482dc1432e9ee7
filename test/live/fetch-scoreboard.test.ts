import { expect, it } from "vitest";
import { runFetchScoreboard, summarizeFetch } from "../scoreboard/fetch/fetch-scoreboard.ts";

it("ours is right in every scenario of fetch and of the official SDKs, and others are not", async () => {
  const rows = await runFetchScoreboard();
  expect(rows.filter(({ wrong }) => wrong.ours !== undefined)).toEqual([]);
  const scores = summarizeFetch(rows);
  expect(scores["instrumentation-undici"].wrong).toBeGreaterThan(0);
  expect(scores["a cloning wrapper"].wrong).toBeGreaterThan(0);
});
