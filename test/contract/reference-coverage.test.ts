import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderCommonErrors } from "../../packages/core/scripts/common-errors/render.ts";
import { REFERENCE_ROWS } from "../../packages/core/scripts/common-errors/rows.ts";
import { SNIPPETS } from "../../packages/core/scripts/common-errors/snippets.ts";
import { INPUT_CHECKS } from "./reference/input.ts";
import { LIMIT_CHECKS } from "./reference/limits.ts";
import { RESPONSE_CHECKS } from "./reference/responses.ts";
import { SUMMARY_CHECKS } from "./reference/summary.ts";

const CHECKS = { ...RESPONSE_CHECKS, ...INPUT_CHECKS, ...LIMIT_CHECKS, ...SUMMARY_CHECKS };
const page = readFileSync(new URL("../../packages/core/docs/common-errors.md", import.meta.url), "utf8");

describe("the common-errors reference", () => {
  for (const [id, row] of Object.entries(REFERENCE_ROWS)) {
    it(`${row.part}: ${row.says} (${row.verdict})`, CHECKS[id as keyof typeof CHECKS]);
  }

  it("has a check for each of its statements, and no check for anything else", () => {
    expect(Object.keys(CHECKS).sort()).toEqual(Object.keys(REFERENCE_ROWS).sort());
  });

  it("says what is missing or wrong wherever a statement is not right", () => {
    for (const row of Object.values(REFERENCE_ROWS)) {
      expect("truth" in row, row.says).toBe(row.verdict !== "right");
    }
  });

  it("has its snippets corrected by the sources that run against the simulator, and by no other", () => {
    const sources = readdirSync(new URL("../fetch/common-errors/", import.meta.url));
    expect(sources.sort()).toEqual(SNIPPETS.map(({ file }) => file).sort());
    for (const { of } of SNIPPETS) expect(REFERENCE_ROWS[of].verdict, of).not.toBe("right");
  });

  it("is on the page as the code has it (else: npm run generate)", () => {
    expect(page).toBe(renderCommonErrors());
  });
});
