import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildProgram } from "../../packages/dashboards/src/cli/program.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CLI = join(ROOT, "packages/dashboards/src/cli.ts");
const TSX = join(ROOT, "node_modules/tsx/dist/cli.mjs");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "dashboards-command-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const command = [TSX, "--tsconfig", join(ROOT, "tsconfig.base.json"), CLI, ...args];
    const child = execFile(process.execPath, command, { cwd: folder }, (_, out, err) => {
      resolve({ code: child.exitCode, out, err });
    });
  });
}

it("writes every target into an empty folder, and check sees one changed byte", async () => {
  const written = await run("write", "out");
  expect(written).toMatchObject({ code: 0, err: "" });
  expect(readdirSync(join(folder, "out")).sort()).toEqual([
    ".intercom-dashboards.json",
    "alertmanager",
    "grafana",
    "grafana-alerting",
    "kubernetes",
    "prometheus",
  ]);
  expect(await run("check", "out")).toMatchObject({ code: 0, out: "0 of 12 files differ\n" });
  const file = join(folder, "out/alertmanager/intercom-client.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("30s", "31s"));
  const checked = await run("check", "out");
  expect(checked.code).toBe(1);
  expect(checked.out).toContain("alertmanager/intercom-client.yaml:");
  expect(checked.out).toContain("31s");
  const again = await run("write", "out");
  expect(again.code).toBe(2);
  expect(again.err).toContain("replace them with --force");
  expect((await run("write", "out", "--force")).code).toBe(0);
}, 60_000);

it("writes only the targets asked for, with the configuration of a file", async () => {
  writeFileSync(join(folder, "config.yaml"), "slo:\n  objectiveRatio: 0.99\n");
  const { code, out } = await run("write", "some", "--target", "prometheus", "--config", "config.yaml");
  expect(code).toBe(0);
  expect(out).toBe(
    "wrote prometheus/intercom-client-recording-rules.yaml\nwrote prometheus/intercom-client-alerts.yaml\n2 written, 0 already up to date\n",
  );
  expect(readFileSync(join(folder, "some/prometheus/intercom-client-alerts.yaml"), "utf8")).toContain(
    "> 0.144",
  );
}, 30_000);

it("says in one line what is wrong, and ends with 2", async () => {
  writeFileSync(join(folder, "wrong.yaml"), "slo: { objectiveRatio: 2 }\n");
  writeFileSync(join(folder, "broken.yaml"), "a: [\n");
  writeFileSync(join(folder, "alias.yaml"), "slo: *nowhere\n");
  const [wrong, broken, alias, missing, target, none] = await Promise.all([
    run("check", "out", "--config", "wrong.yaml"),
    run("check", "out", "--config", "broken.yaml"),
    run("check", "out", "--config", "alias.yaml"),
    run("check", "out", "--config", "missing.yaml"),
    run("write", "out", "--target", "helm"),
    run("frobnicate"),
  ]);
  const runs = [wrong, broken, alias, missing, target, none];
  expect(runs.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2]);
  expect(wrong.err).toBe("slo.objectiveRatio: expected a number from 0.5 to 0.99999, got 2\n");
  expect(broken.err).toContain("broken.yaml:2: expected YAML or JSON");
  expect(alias.err).toContain("alias.yaml: expected YAML or JSON");
  expect(missing.err).toBe("--config: expected a file that can be read, got ENOENT\n");
  expect(target.err).toBe(
    "error: option '--target <names>': Expected some of grafana,prometheus,kubernetes,grafana-alerting,alertmanager.\n",
  );
  expect(none.err).toBe("error: unknown command, expected one of write, check, list, explain\n");
}, 60_000);

it("lists dashboards, panels and alerts, and explains alerts and error codes", async () => {
  const [list, alert, code, unknown] = await Promise.all([
    run("list"),
    run("explain", "Unauthorized"),
    run("explain", "rate_limit_exceeded"),
    run("explain", "RateLimt"),
  ]);
  expect(list.out).toContain("Intercom client / Overview (intercom-client-overview)");
  expect(list.out).toMatch(/IntercomClientUnauthorized +critical +> 5% for 2m/);
  expect(list.out).toMatch(/IntercomClientTrafficDropped .*\(off\)/);
  expect(alert.out).toContain("# IntercomClientUnauthorized");
  expect(alert.out).not.toContain("<!--");
  expect(code.out).toContain("Retry     can help (after_reset");
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain("expected the name of an alert or an error code, got neither");
}, 60_000);

it.each<[string, readonly string[]]>([
  ["no such command", ["s3cret"]],
  ["no such option", ["write", "out", "--token=s3cret"]],
  ["an argument too many", ["list", "s3cret"]],
  ["a target", ["write", "out", "--target", "s3cret"]],
  ["a configuration that is not there", ["list", "--config", "s3cret"]],
  ["a name that is none", ["explain", "s3cret"]],
])("does not echo what was typed in a wrong invocation: %s", (_, args) => {
  let printed = "";
  const print = (text: string) => {
    printed += text;
  };
  const terminal = { print, printError: print, runbooks: new URL("file:///nowhere/") };
  const fail = () => buildProgram(terminal, () => {}).parse(args, { from: "user" });
  expect(fail).toThrow(expect.objectContaining({ message: expect.not.stringContaining("s3cret") }));
  expect(printed).not.toContain("s3cret");
});
