import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

it("the command prints to its own streams, finds its runbooks, and ends with its exit code", () => {
  const command = ["--import", import.meta.resolve("tsx"), "packages/dashboards/src/cli.ts", "explain"];
  const run = (name: string) =>
    spawnSync(process.execPath, [...command, name], {
      env: { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.base.json" },
      encoding: "utf8",
    });
  expect(run("Unauthorized")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("# IntercomClientUnauthorized"),
    stderr: "",
  });
  expect(run("RateLimt")).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringContaining("got neither"),
  });
});
