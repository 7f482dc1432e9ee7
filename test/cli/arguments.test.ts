import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Option } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GuardedCommand } from "../../packages/cli/src/command/guarded-command.ts";
import { runCli } from "./command-line.ts";

/** What somebody typed in the wrong place. It begins as a token does, and none of its parts is a documented word. */
const SECRET = "dG9rOjNmNWI5ZTdhXzEyMzQ1Njc4OTA";
const FLAGS = { drill: ["--alertmanager", "http://127.0.0.1:1", "--rules"] };
let folder: string;
let rules: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "arguments-"));
  rules = join(folder, "rules.yml");
  await writeFile(rules, "groups: [{name: g, rules: [{alert: Slow, expr: vector(1)}]}]\n");
});
afterAll(() => rm(folder, { recursive: true }));

describe("a wrong invocation does not echo what was typed", () => {
  it.each<[string, readonly string[]]>([
    ["no such command", [SECRET]],
    ["no such option of the program", [`--${SECRET}`]],
    ["help of no such command", ["help", SECRET]],
    ["an option that takes the token", ["doctor", `--token=${SECRET}`]],
    ["an option near a documented one", ["doctor", `--token-en=${SECRET}`]],
    ["a short option", ["doctor", `-t${SECRET}`]],
    ["an argument too many", ["doctor", SECRET]],
    ["a base URL with credentials", ["doctor", "--base-url", `http://user:${SECRET}@host/`]],
    ["a base URL with a query", ["doctor", "--base-url", `http://host/?key=${SECRET}`]],
    ["a base URL that is none", ["doctor", "--base-url", SECRET]],
    ["an unknown region", ["doctor", "--region", SECRET]],
    ["a region's URL that is none", ["doctor", "--region-url", `eu=${SECRET}`]],
    ["an unknown region's URL", ["doctor", "--region-url", `${SECRET}=http://host`]],
    ["a status URL that is none", ["doctor", "--status-url", SECRET]],
    ["the token as the variable's name", ["doctor", "--token-env", SECRET]],
    ["the token as the variable's name, with characters of none", ["doctor", "--token-env", `${SECRET}==`]],
    ["the token as the file's name", ["doctor", "--token-file", SECRET]],
    ["the token as version", ["doctor", "--api-version", SECRET]],
    ["a time-out", ["doctor", "--timeout", SECRET]],
    ["an area", ["doctor", "--needs", `contacts,${SECRET}`]],
    ["a pause", ["doctor", "--watch", SECRET]],
    ["serve: an option", ["serve", `--token=${SECRET}`]],
    ["serve: a port", ["serve", "--port", SECRET]],
    ["serve: an interval", ["serve", "--interval", SECRET]],
    ["serve: a host that other machines can reach", ["serve", "--host", SECRET]],
    ["serve: no such configuration", ["serve", "--config", SECRET]],
    ["serve: a variable that is not set", ["serve", "--token-env", SECRET]],
    ["serve: a file that is not there", ["serve", "--token-file", SECRET]],
    ["drill: an address", ["drill", "--alertmanager", SECRET, "--rules", "x"]],
    ["drill: no such rules", ["drill", ...FLAGS.drill, SECRET]],
    ["drill: a label", ["drill", ...FLAGS.drill, "x", "--label", SECRET]],
    ["drill: a time", ["drill", ...FLAGS.drill, "x", "--for", SECRET]],
    ["hash: the secret as an argument", ["hash", SECRET]],
    ["hash: an option", ["hash", `--secret=${SECRET}`]],
  ])("%s", async (_, args) => {
    const status = args[0] === "doctor" ? ["--status-url", "http://127.0.0.1:1/", "--timeout", "1"] : [];
    const given = args.includes("--status-url") || args.includes("--timeout") ? [] : status;
    const { exitCode, out, err } = await runCli([...args, ...given]);
    expect(exitCode).not.toBe(0);
    expect(`${out}${err}`).not.toBe("");
    expect(`${out}${err}`.toLowerCase()).not.toContain(SECRET.slice(0, 12).toLowerCase());
  });

  it("drill: an alert that is not in the rules", async () => {
    const { exitCode, err } = await runCli(["drill", ...FLAGS.drill, rules, "--alert", SECRET]);
    expect(exitCode).toBe(2);
    expect(err).toBe("--alert: expected some of Slow, got a name that is not in the file\n");
  });
});

describe("a wrong invocation names what is documented", () => {
  it.each<[readonly string[], string]>([
    [
      ["doctr"],
      "error: unknown command, expected one of doctor, serve, drill, hash, dashboards, simulate, completion\n",
    ],
    [["explain", "429"], "error: unknown command, did you mean dashboards explain?\n"],
    [["doctor", "--timout", "3"], "error: unknown option, did you mean --timeout?\n"],
    [["doctor", "--token=x"], "error: unknown option, see --help\n"],
    [["doctor", "--base-url"], "error: option '--base-url <url>' argument missing\n"],
    [["doctor", "--region", "mars"], "error: option '--region <region>': Allowed choices are us, eu, au.\n"],
    [
      ["doctor", "--token-file", "a", "--token-env", "B"],
      "error: option '--token-file <path>' cannot be used with option '--token-env <name>'\n",
    ],
    [["drill", "--rules", "x"], "error: required option '--alertmanager <url>' not specified\n"],
  ])("%j", async (args, message) => {
    expect((await runCli(args)).err).toBe(message);
  });
});

it("an option that several commands have stays as it was, however often they are made", () => {
  const parse = Number;
  const option = new Option("--days <number>", "days").argParser(parse);
  for (const name of ["doctor", "serve"]) new GuardedCommand(name).addOption(option);
  expect(option.parseArg).toBe(parse);
});
