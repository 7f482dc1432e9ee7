import { expect, it } from "vitest";
import { ATTACKERS, runLoad } from "../load/run-load.ts";

it("10,000 connections, slow sockets and guessers do not delay a proven scrape by a second", async () => {
  const { usual, attacked, guesses } = await runLoad({ ...ATTACKERS, atOnce: 20 });
  expect(attacked.length).toBeGreaterThan(20);
  expect(guesses).toBeGreaterThan(3);
  expect(Math.max(...attacked) - Math.max(...usual)).toBeLessThan(1);
});
