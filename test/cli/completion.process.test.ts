import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { runCli } from "./command-line.ts";

it.each([
  [["d"], ["doctor", "drill", "dashboards"]],
  [
    ["dashboards", ""],
    ["write", "check", "list", "explain", "backtest", "--help"],
  ],
  [["dashboards", "list", "--c"], ["--config"]],
  [
    ["doctor", "--region", ""],
    ["us", "eu", "au"],
  ],
  [
    ["completion", ""],
    ["bash", "zsh", "fish", "--help"],
  ],
  [["dashboards", "write", "--target", "mi"], ["mixin"]],
])("bash completes %j", async (args, expected) => {
  const { out } = await runCli(["completion", "bash"]);
  const line = ["intercom-telemetry", ...args].map((word) => `"${word}"`).join(" ");
  const ask = `COMP_WORDS=(${line}); COMP_CWORD=${args.length}; _intercom_telemetry; echo "\${COMPREPLY[@]}"`;
  const printed = execFileSync("bash", ["-c", `${out}\n${ask}`], { encoding: "utf8" });
  expect(printed.trim().split(" ")).toEqual(expected);
});

it.each(["bash", "zsh", "fish"])(
  "the script for %s names every command, and no hidden option",
  async (shell) => {
    const { exitCode, out } = await runCli(["completion", shell]);
    expect(exitCode).toBe(0);
    for (const command of [
      "doctor",
      "serve",
      "drill",
      "hash",
      "dashboards",
      "backtest",
      "simulate",
      "completion",
    ])
      expect(out).toContain(command);
    expect(out).toContain("alertmanager");
    expect(out).not.toContain("region-url");
  },
);

it("a shell that has no script is refused, and not repeated", async () => {
  const { exitCode, err } = await runCli(["completion", "tcsh"]);
  expect(exitCode).toBe(2);
  expect(err).toBe("error: argument 'shell': Allowed choices are bash, zsh, fish.\n");
});
