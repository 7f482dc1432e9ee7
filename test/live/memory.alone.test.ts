import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const MOST_BYTES_A_CALL = 20;

it("60,000 calls with distinct ids, codes, headers and methods leave series unchanged and the heap flat", async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--expose-gc", "--import", "tsx", "test/live/memory-worker.ts"],
    { cwd: root, env: { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.base.json" } },
  );
  const { calls, heapBytes, series } = JSON.parse(stdout);
  expect(calls).toBe(60_000);
  expect(series).toBe(0);
  expect(heapBytes / calls).toBeLessThan(MOST_BYTES_A_CALL);
});
