import { startSimulator } from "@intercom-telemetry/simulator";
import { describe, expect, it } from "vitest";
import { at, isProgram, readBlocks } from "./blocks.ts";
import { compileBlocks } from "./compile-blocks.ts";
import { readPages } from "./pages.ts";
import { runBlocks } from "./run-blocks.ts";

/** Worked examples for contributors are cut out of files that the type checker reads anyway. */
const FOR_CONTRIBUTORS = /^(CONTRIBUTING\.md|packages\/site\/decisions\/)/;

const programs = readPages()
  .filter(({ file }) => !FOR_CONTRIBUTORS.test(file))
  .flatMap(readBlocks)
  .filter(isProgram);

describe("the programs in the docs", () => {
  it("say of themselves that they run, or why they cannot", () => {
    expect(programs.filter(({ run, noRun }) => run === (noRun !== undefined)).map(at)).toEqual([]);
    expect(programs.length).toBeGreaterThan(50);
  });

  it("compile, all of them", () => {
    expect(compileBlocks(programs)).toEqual([]);
  });

  it("run as pasted, and print what the page says", async () => {
    const simulator = await startSimulator();
    const problems = await runBlocks(
      programs.filter(({ run }) => run),
      simulator.url,
    );
    await simulator.close();
    expect(problems.join("\n\n")).toBe("");
  });
});
