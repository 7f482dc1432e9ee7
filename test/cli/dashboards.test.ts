import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderFiles, TARGETS } from "@intercom-telemetry/dashboards";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCli } from "./command-line.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "dashboards-command-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (name: string): string => join(folder, name);

const run = (...args: readonly string[]) => runCli(["dashboards", ...args]);

it("writes every target into an empty folder, and check sees one changed byte", async () => {
  const written = await run("write", inFolder("out"));
  expect(written).toMatchObject({ exitCode: 0, err: "" });
  expect(readdirSync(inFolder("out")).sort()).toEqual([
    ".intercom-telemetry.json",
    "alertmanager",
    "alertmanager-config",
    "grafana",
    "grafana-alerting",
    "grafana-import",
    "grafana-operator",
    "kubernetes",
    "mixin",
    "prometheus",
    "runbooks",
  ]);
  expect(await run("check", inFolder("out"))).toMatchObject({
    exitCode: 0,
    out: `0 of ${renderFiles().length} files differ\n`,
  });
  const file = inFolder("out/alertmanager/intercom-client.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("30s", "31s"));
  const checked = await run("check", inFolder("out"));
  expect(checked.exitCode).toBe(1);
  expect(checked.out).toContain("alertmanager/intercom-client.yaml:");
  expect(checked.out).toContain("31s");
  const again = await run("write", inFolder("out"));
  expect(again.exitCode).toBe(1);
  expect(again.err).toContain("replace them with --force");
  expect((await run("write", inFolder("out"), "--force")).exitCode).toBe(0);
});

it("writes only the targets asked for, with the configuration of a file", async () => {
  writeFileSync(inFolder("config.yaml"), "dashboards:\n  slo:\n    objectiveRatio: 0.99\n");
  const { exitCode, out } = await run(
    "write",
    inFolder("some"),
    "--target",
    "prometheus",
    "--config",
    inFolder("config.yaml"),
  );
  expect(exitCode).toBe(0);
  expect(out).toBe(
    "wrote prometheus/intercom-client-recording-rules.yaml\nwrote prometheus/intercom-client-alerts.yaml\n2 written, 0 already up to date\n",
  );
  expect(readFileSync(inFolder("some/prometheus/intercom-client-alerts.yaml"), "utf8")).toContain("> 0.144");
});

it("says in one line what is wrong, and ends with 2", async () => {
  writeFileSync(inFolder("wrong.yaml"), "dashboards:\n  slo: { objectiveRatio: 2 }\n");
  writeFileSync(inFolder("broken.yaml"), "a: [\n");
  writeFileSync(inFolder("alias.yaml"), "dashboards: *nowhere\n");
  const [wrong, broken, alias, missing, target, none] = [
    await run("check", inFolder("out"), "--config", inFolder("wrong.yaml")),
    await run("check", inFolder("out"), "--config", inFolder("broken.yaml")),
    await run("check", inFolder("out"), "--config", inFolder("alias.yaml")),
    await run("check", inFolder("out"), "--config", inFolder("missing.yaml")),
    await run("write", inFolder("out"), "--target", "helm"),
    await run("frobnicate"),
  ];
  for (const { exitCode } of [wrong, broken, alias, missing, target, none]) expect(exitCode).toBe(2);
  expect(wrong.err).toMatch(
    /wrong\.yaml:2: dashboards\.slo\.objectiveRatio: expected a number from 0\.5 to 0\.99999, got 2\n$/,
  );
  expect(broken.err).toContain("broken.yaml:2: expected YAML or JSON");
  expect(alias.err).toContain("alias.yaml: expected YAML or JSON");
  expect(missing.err).toBe("--config: expected a file that can be read, got ENOENT\n");
  expect(target.err).toBe(`error: option '--target <names>': Expected some of ${TARGETS.join(", ")}.\n`);
  expect(none.err).toBe("error: unknown command, expected one of write, check, list, explain, backtest\n");
});

it("lists dashboards, panels and alerts, and explains alerts and error codes", async () => {
  const [list, alert, code, unknown] = [
    await run("list"),
    await run("explain", "Unauthorized"),
    await run("explain", "rate_limit_exceeded"),
    await run("explain", "RateLimt"),
  ];
  expect(list.out).toContain("Intercom client / Overview (intercom-client-overview)");
  expect(list.out).toMatch(/IntercomClientUnauthorized +critical +> 5% for 2m/);
  expect(list.out).toMatch(/IntercomClientTrafficDropped .*\(off\)/);
  expect(alert.out).toContain("# IntercomClientUnauthorized");
  expect(alert.out).not.toContain("<!--");
  expect(code.out).toContain("Retry     can help (after_reset");
  expect(unknown.exitCode).toBe(2);
  expect(unknown.err).toMatch(
    /^<name>: expected an alert, an error code or a status; did you mean IntercomClientRateLimited, /,
  );
});
