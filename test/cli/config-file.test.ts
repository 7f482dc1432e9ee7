import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type CommandSettings, runCli } from "./command-line.ts";

const QUIET = "dashboards:\n  alerts:\n    IntercomClientUnauthorized: { enabled: false }\n";
const LIST = ["dashboards", "list", "--json"];
const TOKEN = "dG9rOmdvb2Q6c2VjcmV0";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "configuration-"));
  onTestFinished(() => rm(folder, { recursive: true }));
});

const write = (name: string, text: string) => writeFile(join(folder, name), text);
const run = (words: readonly string[], settings: CommandSettings = {}) =>
  runCli(words, { folder, ...settings });

/** Whether the alert that the file turns off is off. */
async function isQuiet(words: readonly string[] = LIST): Promise<boolean> {
  const { out } = await run(words);
  const { alerts } = JSON.parse(out) as { alerts: { name: string; enabled: boolean }[] };
  return alerts.find(({ name }) => name === "IntercomClientUnauthorized")?.enabled === false;
}

describe("without --config", () => {
  it.each([
    ["intercom-telemetry.yaml", QUIET],
    ["intercom-telemetry.yml", QUIET],
    ["intercom-telemetry.json", '{"dashboards":{"alerts":{"IntercomClientUnauthorized":{"enabled":false}}}}'],
  ])("%s of the current folder is read, and the command says so on standard error", async (name, text) => {
    await write(name, text);
    expect(await isQuiet()).toBe(true);
    expect((await run(LIST)).err).toBe(`configuration: ${name}\n`);
  });

  it("everything has its default in a folder that has none", async () => {
    expect(await isQuiet()).toBe(false);
    expect(await run(LIST)).toMatchObject({ exitCode: 0, err: "" });
  });

  it("several files are refused: nobody can know which one is meant", async () => {
    await write("intercom-telemetry.yaml", QUIET);
    await write("intercom-telemetry.json", "{}");
    expect(await run(LIST)).toMatchObject({
      exitCode: 2,
      out: "",
      err: "expected one configuration file, got intercom-telemetry.yaml, intercom-telemetry.json: choose one with --config\n",
    });
  });

  it("a file that cannot be read is refused, not ignored", async () => {
    await mkdir(join(folder, "intercom-telemetry.yaml"));
    const { exitCode, err } = await run(LIST);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^intercom-telemetry\.yaml: expected a file that can be read, got /);
  });

  it("a mistake is named with its line, without the value", async () => {
    await write("intercom-telemetry.yaml", `dashboards:\n  selector: [${TOKEN}]\n`);
    const { exitCode, err } = await run(LIST);
    expect(exitCode).toBe(2);
    expect(err).toContain("intercom-telemetry.yaml:2: dashboards.selector: expected");
    expect(err).not.toContain(TOKEN);
  });
});

it("a file that --config names is read alone", async () => {
  await write("intercom-telemetry.yaml", "not: [valid");
  await write("other.yaml", QUIET);
  expect(await isQuiet([...LIST, "--config", join(folder, "other.yaml")])).toBe(true);
});

describe("serve without --config", () => {
  const NO_CLIENTS = "serve:\n  clients: []\n";

  it("reads the file where no option describes a client", async () => {
    await write("intercom-telemetry.yaml", NO_CLIENTS);
    const { exitCode, err } = await run(["serve"]);
    expect(exitCode).toBe(2);
    expect(err).toContain("serve.clients: expected a list with at least one entry");
  });

  it.each([
    ["reads no file where an option describes the client", NO_CLIENTS, ["--region", "eu"]],
    ["takes a file without the key serve as none", QUIET, []],
  ])("%s: then the token is in the environment", async (_, text, words) => {
    await write("intercom-telemetry.yaml", text);
    const { exitCode, err } = await run(["serve", ...words]);
    expect(exitCode).toBe(2);
    expect(err).toContain("INTERCOM_ACCESS_TOKEN");
  });
});
