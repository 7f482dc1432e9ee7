import { describe, expect, test, vi } from "vitest";
import { findPrograms, needsPrograms } from "../monitoring/support/find-programs.ts";
import { startProgram } from "./program.ts";

const missing = findPrograms("newer") === undefined;

describe.skipIf(missing)(needsPrograms("newer", "the example of scale"), () => {
  test("counts each request once though two agents scrape it, and alerts only where the fault is", async () => {
    const example = startProgram("examples/scale/src/main.ts");
    expect(await example.exited, example.output()).toBe(0);
    expect(example.output()).toContain("eu  eu-1: 40 requests in the ledger, 40 in the store\n");
    expect(example.output()).toContain("us  us-1: 40 requests in the ledger, 40 in the store\n");
    expect(example.output()).toContain("IntercomClientUnauthorized fires in: us us-1\n");
    await vi.waitFor(() => expect(example.isAlive()).toBe(false), { timeout: 5000, interval: 50 });
  });
});
