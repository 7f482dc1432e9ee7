import { execFile, spawnSync } from "node:child_process";
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startSimulator } from "@intercom-telemetry/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProject, packAll, run } from "./packed.ts";

describe("the commands of the packed tarballs", () => {
  let packed: ReturnType<typeof packAll>;
  let project: ReturnType<typeof createProject>;

  beforeAll(() => {
    packed = packAll();
    project = createProject(packed.tarballs, {});
  });

  afterAll(() => {
    project?.remove();
    if (packed) rmSync(packed.folder, { recursive: true, force: true });
  });

  it("write the files of every target, and notice when a byte of them changes", () => {
    run("npx", ["intercom-telemetry", "dashboards", "write", "out"], project.folder);
    run("npx", ["intercom-telemetry", "dashboards", "check", "out"], project.folder);
    const rules =
      run("find", ["out", "-name", "*.y*ml", "-path", "*prometheus*"], project.folder).split("\n")[0] ?? "";
    appendFileSync(join(project.folder, rules), "#");
    const check = spawnSync("npx", ["intercom-telemetry", "dashboards", "check", "out"], {
      cwd: project.folder,
      encoding: "utf8",
    });
    expect(check.status).toBe(1);
    expect(check.stdout + check.stderr).toContain(rules.split("/").at(-1));
  });

  it("explain an alert and an error code", () => {
    expect(
      run(
        "npx",
        ["intercom-telemetry", "dashboards", "explain", "IntercomClientUnauthorized"],
        project.folder,
      ),
    ).toContain("Mitigation");
    expect(
      run("npx", ["intercom-telemetry", "dashboards", "explain", "scroll_exists"], project.folder),
    ).toContain("scroll");
  });

  it("examine a connection with the doctor", async () => {
    const simulator = await startSimulator({ apps: [{ name: "app", token: "valid-looking-token" }] });
    const args = ["intercom-telemetry", "doctor", "--base-url", simulator.url, "--json"];
    const statusPage = ["--status-url", `${simulator.url}/__status/api/v2/summary.json`];
    const child = await new Promise<{ code: number; output: string }>((resolve) => {
      const env = { ...process.env, INTERCOM_ACCESS_TOKEN: "valid-looking-token" };
      execFile("npx", [...args, ...statusPage], { cwd: project.folder, env }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
      });
    });
    await simulator.close();
    expect(child, child.output).toMatchObject({ code: 0 });
    expect(JSON.parse(child.output)).toBeTypeOf("object");
    expect(child.output).not.toContain("valid-looking-token");
  });

  it("say how they are used", () => {
    expect(run("npx", ["intercom-telemetry", "--help"], project.folder)).toContain("Usage:");
  });
});
