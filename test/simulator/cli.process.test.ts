import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

/** Runs the command from source. */
function run(...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "packages/simulator/src/cli.ts", ...args], {
    env: { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.base.json" },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, exit, output: () => output };
}

const address = (output: string) => /on (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];

function scriptFile(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), "simulator-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "script.json");
  writeFileSync(file, content);
  return file;
}

test.each(["SIGINT", "SIGTERM"] as const)("the command serves until %s and ends cleanly", async (signal) => {
  const script = scriptFile('{ "rules": [{ "skip": 1, "action": { "kind": "hang" } }] }');
  const command = run("--token", "my-token", "--limit", "7", "--script", script);
  await expect.poll(() => address(command.output()), { timeout: 20_000 }).toBeDefined();
  const url = `${address(command.output())}/me`;
  const headers = { authorization: "Bearer my-token" };
  const response = await fetch(url, { headers });
  expect([response.status, response.headers.get("x-ratelimit-limit")]).toEqual([200, "7"]);
  const hanging = fetch(url, { headers }).catch((error: Error) => error);
  command.child.kill(signal);
  expect(await command.exit).toBe(0);
  expect(await hanging).toBeInstanceOf(Error);
});

test.each([
  [["--port", "many"], "Expected a number."],
  [["--window-seconds", "0"], "options.windowSeconds: expected a number from 0.01 to 86400, got 0"],
  [["--script", "/nowhere.json"], "Expected a file with JSON"],
  [["--nonsense"], "unknown option, see --help"],
])("%j is refused with a message and exit code 1", async (args, message) => {
  const command = run(...args);
  expect(await command.exit).toBe(1);
  expect(command.output()).toContain(message);
});

test("a script with a mistake is refused with its position", async () => {
  const command = run("--script", scriptFile('{ "rules": [{ "action": { "kind": "foo" } }] }'));
  expect(await command.exit).toBe(1);
  expect(command.output()).toContain("script.rules[0].action.kind: expected one of");
});
