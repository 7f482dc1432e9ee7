import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GENERATIONS } from "@intercom-telemetry/local-prometheus";
import { describe, expect, it } from "vitest";
import { inTemporaryFolder, runUnitTests, writeYaml } from "../dashboards/promtool.ts";
import { findPrograms, needsPrograms } from "./support/find-programs.ts";

function writeTest(folder: string, name: string, firing: readonly unknown[]): string {
  const file = join(folder, `${name}.test.yml`);
  const input_series = [{ series: "up", values: "1x10" }];
  const alert_rule_test = [
    { eval_time: "2m", alertname: "IsUp", exp_alerts: firing },
    { eval_time: "3m", alertname: "IsUp", exp_alerts: firing },
  ];
  writeYaml(file, {
    rule_files: ["up.rules.yml"],
    evaluation_interval: "1m",
    tests: [{ interval: "1m", input_series, alert_rule_test }],
  });
  return file;
}

describe.each(GENERATIONS)("promtool, %s", (generation) => {
  const programs = findPrograms(generation);

  it.skipIf(programs === undefined)(
    needsPrograms(generation, "gives each file its own verdict, whatever the others gave"),
    () => {
      const verdicts = inTemporaryFolder((folder) => {
        const rules = [{ alert: "IsUp", expr: "up > 0" }];
        writeYaml(join(folder, "up.rules.yml"), { groups: [{ name: "up", rules }] });
        const unreadable = join(folder, "unreadable.test.yml");
        writeFileSync(unreadable, "tests: [");
        const files = [
          writeTest(folder, "right", [{}]),
          writeTest(folder, "wrong", []),
          unreadable,
          writeTest(folder, "right-too", [{}]),
        ];
        return [...runUnitTests(files, join(programs ?? "", "promtool")).values()];
      });
      expect(verdicts).toEqual([
        "SUCCESS",
        expect.stringMatching(/^FAILED:\n.*time: 2m.*time: 3m/s),
        expect.stringMatching(/^FAILED:\n.*yaml/),
        "SUCCESS",
      ]);
    },
  );
});
