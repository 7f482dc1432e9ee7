import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runCli } from "./command-line.ts";

function scriptFile(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), "simulate-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "script.json");
  writeFileSync(file, content);
  return file;
}

test("simulate serves until it is told to end, and then closes connections that hang", async () => {
  const script = scriptFile('{ "rules": [{ "skip": 1, "action": { "kind": "hang" } }] }');
  const ending = new AbortController();
  let tell: (url: string) => void = () => {};
  const started = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const running = runCli(["simulate", "--token", "my-token", "--limit", "7", "--script", script], {
    signal: ending.signal,
    onOut: (text) => tell(/on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1] ?? ""),
  });
  const url = `${await started}/me`;
  const headers = { authorization: "Bearer my-token" };
  const response = await fetch(url, { headers });
  expect([response.status, response.headers.get("x-ratelimit-limit")]).toEqual([200, "7"]);
  const hanging = fetch(url, { headers }).catch((error: Error) => error);
  ending.abort();
  expect(await running).toMatchObject({ exitCode: 0, err: "" });
  expect(await hanging).toBeInstanceOf(Error);
});

test("simulate prints its addresses as one line of JSON, and each of them responds", async () => {
  const ending = new AbortController();
  let tell: (line: string) => void = () => {};
  const started = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const running = runCli(["simulate", "--json"], { signal: ending.signal, onOut: tell });
  const line = await started;
  expect(line.split("\n")).toHaveLength(2);
  const { url, ledgerUrl, storageUrl, statusUrl, ...others } = JSON.parse(line);
  expect(others).toEqual({});
  expect((await fetch(ledgerUrl)).status).toBe(200);
  expect((await fetch(statusUrl)).status).toBe(200);
  for (const address of [url, storageUrl]) expect((await fetch(address)).status).toBeGreaterThan(0);
  ending.abort();
  expect((await running).exitCode).toBe(0);
});

test.each([
  [["--port", "many"], "Expected a port from 0 to 65535."],
  [["--window-seconds", "0"], "windowSeconds: expected a number from 0.01 to 86400, got 0"],
  [["--script", "/nowhere.json"], "--script: expected a file that can be read, got ENOENT"],
  [["--nonsense"], "unknown option, see --help"],
])("simulate refuses %j with a message and exit code 2", async (args, message) => {
  const { exitCode, err } = await runCli(["simulate", ...args]);
  expect(exitCode).toBe(2);
  expect(err).toContain(message);
});

test("simulate refuses a script with a mistake, and names its position", async () => {
  const script = scriptFile('{ "rules": [{ "action": { "kind": "foo" } }] }');
  const { exitCode, err } = await runCli(["simulate", "--script", script]);
  expect(exitCode).toBe(2);
  expect(err).toContain("script.rules[0].action.kind: expected one of");
});
