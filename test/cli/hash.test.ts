import { expect, it } from "vitest";
import { verifySecret } from "../../packages/exporter/src/metrics/secret-hash.ts";
import { runCli } from "./command-line.ts";

it("hash turns a secret from standard input into a hash that serve takes", async () => {
  const { exitCode, out } = await runCli(["hash"], { input: "s3cret\n" });
  expect(exitCode).toBe(0);
  expect(await verifySecret("s3cret", out.trim())).toBe(true);
  expect((await runCli(["hash"], { input: "\n" })).exitCode).toBe(2);
  const { hash } = JSON.parse((await runCli(["hash", "--json"], { input: "s3cret\n" })).out);
  expect(await verifySecret("s3cret", hash)).toBe(true);
});
