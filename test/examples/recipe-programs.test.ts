import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findPrograms, needsPrograms } from "../monitoring/support/find-programs.ts";

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));
const programs = findPrograms("newer");

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(join(programs ?? "", program), args, {
    cwd: EXAMPLES,
    encoding: "utf8",
  });
  return status === 0 ? "accepted" : stdout + stderr;
}

describe.skipIf(programs === undefined)(
  needsPrograms("newer", "the programs that the recipes are for"),
  () => {
    it.each(["otlp/prometheus.yaml", "otlp/collector-scrape-prometheus.yaml"])(
      "promtool accepts %s",
      (file) => {
        expect(run("promtool", ["check", "config", "--syntax-only", file])).toBe("accepted");
      },
    );

    it("promtool accepts scale/prometheus-agent.yaml for an agent", () => {
      const args = ["check", "config", "--agent", "--syntax-only", "scale/prometheus-agent.yaml"];
      expect(run("promtool", args)).toBe("accepted");
    });

    it("vmagent accepts scale/vmagent.yaml and otlp/relabel.yaml", () => {
      const args = [
        "-dryRun",
        "-promscrape.config=scale/vmagent.yaml",
        "-remoteWrite.relabelConfig=otlp/relabel.yaml",
        "-remoteWrite.url=http://127.0.0.1:1/",
      ];
      expect(run("vmagent", args)).toBe("accepted");
    });
  },
);
