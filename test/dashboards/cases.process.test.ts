import { buildRules } from "@intercom-telemetry/dashboards";
import { beforeAll, describe, expect, it } from "vitest";
import { writeCase } from "./cases/case.ts";
import { SILENT_CASES } from "./cases/silent-cases.ts";
import { VERDICT_CASES } from "./cases/verdict-cases.ts";
import { WRONG_CASES } from "./cases/wrong-cases.ts";
import { inTemporaryFolder, needsPromtool, PROMTOOL, runUnitTests } from "./promtool.ts";

const CASES = [...SILENT_CASES, ...WRONG_CASES, ...VERDICT_CASES];

describe.skipIf(PROMTOOL === undefined)(
  needsPromtool("in an untidy cluster, by promtool's unit tests"),
  () => {
    let results: readonly string[] = [];

    beforeAll(() => {
      results = inTemporaryFolder((folder) => {
        const files = CASES.map((entry, index) => writeCase(folder, index, entry));
        const raw = runUnitTests(files);
        return files.map((_, index) => raw.get(`case-${index}`) ?? "no result");
      });
    }, 300_000);

    it.each(CASES.map(({ name }, index) => [name, index] as const))("%s", (_, index) => {
      expect(results[index]).toBe("SUCCESS");
    });
  },
);

it("forecasts nothing: one busy day among flat ones says nothing about the next two weeks", () => {
  expect(JSON.stringify(buildRules())).not.toContain("predict_linear");
});

it("keeps every group at 20 rules or fewer, which is what Mimir takes", () => {
  const { groups } = buildRules({ alerts: { IntercomClientTrafficDropped: { enabled: true } } });
  for (const { name, rules } of groups) expect(rules.length, name).toBeLessThanOrEqual(20);
});
