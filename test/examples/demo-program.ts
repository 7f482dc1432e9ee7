import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, vi } from "vitest";
import { type Program, startProgram } from "./program.ts";

/** The demo, with a separate folder for temporary files. */
export interface Demo extends Program {
  /** Waits until every process is gone, and expects nothing of it on disk. */
  expectNothingLeft(): Promise<void>;
}

const TIMEOUT = { timeout: 30_000, interval: 250 };

/**
 * Starts the demo.
 *
 * @param env added to the environment; `undefined` takes a variable away.
 */
export function startDemo(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Demo {
  const folder = mkdtempSync(join(tmpdir(), "demo-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = startProgram("examples/demo/src/main.ts", { args, env: { TMPDIR: folder, ...env } });
  return {
    ...program,
    async expectNothingLeft() {
      await vi.waitFor(() => expect(program.isAlive()).toBe(false), TIMEOUT);
      // The loader keeps what it has compiled; that is its own.
      expect(readdirSync(folder).filter((name) => !name.startsWith("tsx-"))).toEqual([]);
    },
  };
}
