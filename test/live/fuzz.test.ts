import { expect, it } from "vitest";
import { FuzzError, runFuzz } from "../fuzz/run-fuzz.ts";

it("hostile responses, failures, requests, options and scrapes break no rule, whatever the seed", async () => {
  const seed = Date.now() % 2 ** 31;
  expect(await runFuzz({ cases: 3000, seed })).toBeGreaterThan(3000);
});

it("a broken rule is reported with the command that shows it again", () => {
  const { message } = new FuzzError("responses", 42, 1000, new Error("a span holds a secret"));
  expect(message).toBe(
    'responses: a span holds a secret\nReplay with: npm run fuzz -- --only "responses" --seed 42 --cases 1000',
  );
});
