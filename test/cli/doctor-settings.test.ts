import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandSettings, runCli } from "./command-line.ts";
import { findInReport, TOKEN } from "./examine-doctor.ts";

const env = { INTERCOM_ACCESS_TOKEN: TOKEN };
let simulator: Simulator;
let folder: string;
let args: readonly string[];

beforeAll(async () => {
  simulator = await startSimulator({ apps: [{ name: "app", token: TOKEN }] });
  folder = await mkdtemp(join(tmpdir(), "doctor-"));
  const status = ["--status-url", `${simulator.url}/__status/api/v2/summary.json`];
  args = ["--region-url", `us=${simulator.url}`, ...status];
});

afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

const ESCAPE = "\u001b[";

const findOf = (check: string, more: readonly string[], settings: CommandSettings) =>
  findInReport(check, [...args, ...more], settings);

describe("the text report", () => {
  it("is colored on a terminal only, and not there either under NO_COLOR", async () => {
    const onTerminal = await runCli(["doctor", ...args], { env, isTerminal: true });
    expect(onTerminal.out).toContain(`${ESCAPE}32mok`);
    const piped = await runCli(["doctor", ...args], { env });
    expect(piped.out).not.toContain(ESCAPE);
    const plain = await runCli(["doctor", ...args], { env: { ...env, NO_COLOR: "1" }, isTerminal: true });
    expect(plain.out).not.toContain(ESCAPE);
  });

  it("comes again and again with --watch, until it is ended, and the last one gives the exit code", async () => {
    const ending = new AbortController();
    let reports = 0;
    const slept: number[] = [];
    const clock = {
      epochSeconds: () => Date.now() / 1000,
      monotonicSeconds: () => performance.now() / 1000,
      sleep: async (seconds: number) => {
        slept.push(seconds);
      },
    };
    const onOut = () => {
      reports += 1;
      if (reports === 2) simulator.revokeToken(TOKEN);
      if (reports === 3) ending.abort();
    };
    const settings = { env, clock, signal: ending.signal, onOut };
    const result = await runCli(["doctor", "--json", "--watch", "45", ...args], settings);
    simulator.restoreToken(TOKEN);
    const lines = result.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).exitCode);
    expect(lines).toEqual([0, 0, 1]);
    expect(result.exitCode).toBe(1);
    expect(slept).toEqual([45, 45, 45]);
  });
});

describe("the token", () => {
  it.each([
    ["is not set", {}, "the variable is not set"],
    ["is empty", { INTERCOM_ACCESS_TOKEN: "  " }, "it is empty"],
    ["ends in a line break", { INTERCOM_ACCESS_TOKEN: `${TOKEN}\n` }, "white space"],
    ["is in quotes", { INTERCOM_ACCESS_TOKEN: `"${TOKEN}"` }, "in quotes"],
    ["carries its scheme", { INTERCOM_ACCESS_TOKEN: `Bearer ${TOKEN}` }, 'starts with "Bearer"'],
    [
      "has letters no token has",
      { INTERCOM_ACCESS_TOKEN: `${TOKEN}ü` },
      "characters that no bearer token has",
    ],
  ])("that %s is refused before Intercom is asked, and never printed", async (_, given, problem) => {
    const before = simulator.ledger.entries().length;
    const { exitCode, out, first } = await findOf("token", [], { env: given as Record<string, string> });
    expect(exitCode).toBe(1);
    expect(first).toMatchObject({
      status: "failed",
      summary: expect.stringContaining(problem),
      action: expect.any(String),
    });
    expect(out).not.toContain(TOKEN.slice(0, 6));
    expect(simulator.ledger.entries()).toHaveLength(before);
  });

  it("comes from another variable or from a file, whose last line break is not part of it", async () => {
    const fromVariable = await findOf("token", ["--token-env", "BILLING"], { env: { BILLING: TOKEN } });
    expect(fromVariable.first).toMatchObject({
      status: "ok",
      summary: expect.stringContaining("variable BILLING"),
    });
    const path = join(folder, "token");
    await writeFile(path, `${TOKEN}\n`);
    const fromFile = await findOf("token", ["--token-file", path], {});
    expect(fromFile.first).toMatchObject({ status: "ok", summary: expect.stringContaining(path) });
    const missing = await findOf("token", ["--token-file", `${path}-gone`], {});
    expect(missing.first?.summary).toContain("the file cannot be read");
  });
});

describe("the version of the API", () => {
  it("is the one asked for, or the app's own", async () => {
    const asked = await findOf("api_version", ["--api-version", "2.11"], { env });
    expect(asked.first).toMatchObject({ status: "ok", summary: "in force: 2.11" });
    const own = await findOf("api_version", [], { env });
    expect(own.first?.summary).toContain("version set on the app");
  });
});

describe("wrong usage", () => {
  it.each<[string, readonly string[], RegExp]>([
    ["an unknown option", ["--tokn"], /unknown option, see --help/],
    ["an unknown region", ["--region", "mars"], /Allowed choices are us, eu, au/],
    ["a region and a base URL", ["--region", "eu", "--base-url", "http://127.0.0.1"], /cannot be used with/],
    ["a time-out of nothing", ["--timeout", "0"], /Expected a number of seconds above 0/],
    ["an unknown area", ["--needs", "contacts,cats"], /Expected some of admins.*ticket_types\.$/m],
    ["a base URL that is none", ["--base-url", "ftp://x"], /Expected an http:\/\/ or https:\/\/ URL/],
    ["a base URL with credentials", ["--base-url", "http://u:hunter2@x"], /without credentials/],
  ])("such as %s ends with exit code 2 and says what was expected", async (_, wrong, message) => {
    const { exitCode, err, out } = await runCli(["doctor", ...wrong], { env });
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
    expect(out).toBe("");
  });

  it("such as no command at all ends with exit code 2, help with 0", async () => {
    expect((await runCli([])).exitCode).toBe(2);
    const help = await runCli(["doctor", "--help"]);
    expect(help.exitCode).toBe(0);
    expect(help.out).toContain("Exit codes: 0 success");
  });
});
