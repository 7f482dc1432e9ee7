import { startSimulator } from "@intercom-telemetry/simulator";
import { describe, expect, it } from "vitest";
import { at, type Block, isProgram, readBlocks } from "./blocks.ts";
import { compileBlocks } from "./compile-blocks.ts";
import { readPages } from "./pages.ts";
import { runBlocks } from "./run-blocks.ts";

/** Worked examples for contributors are cut out of files that the type checker reads anyway. */
const FOR_CONTRIBUTORS = /^(CONTRIBUTING\.md|packages\/site\/decisions\/)/;

const programs = readPages()
  .filter(({ file }) => !FOR_CONTRIBUTORS.test(file))
  .flatMap(readBlocks)
  .filter(isProgram);

/** The checks themselves have to find what is wrong with this one. */
const wrong: Block = {
  file: "wrong.md",
  line: 1,
  language: "ts",
  text: 'const count: string = 1;\nconsole.log("one", count);\n',
  run: true,
  noRun: undefined,
  sdk: "7",
  output: "two\n",
};

describe("the programs in the docs", () => {
  it("say of themselves that they run, or why they cannot", () => {
    expect(programs.filter(({ run, noRun }) => run === (noRun !== undefined)).map(at)).toEqual([]);
    expect(programs.length).toBeGreaterThan(50);
  });

  it("compile, and one that does not would be found", () => {
    expect(compileBlocks([...programs, wrong])).toEqual([
      "wrong.md:1: Type 'number' is not assignable to type 'string'. (at count: string = 1;)",
    ]);
  });

  it("run as pasted and print what the page says, and one that does not would be found", async () => {
    const simulator = await startSimulator();
    const problems = await runBlocks([...programs.filter(({ run }) => run), wrong], simulator.url);
    await simulator.close();
    expect(problems.join("\n\n")).toBe("wrong.md:1: did not print: two\nprinted:\none 1\n");
  });
});
