import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { THRESHOLDS } from "../src/config/thresholds.ts";
import { createModel } from "../src/model.ts";
import { renderErrorCodes } from "../src/runbooks/error-codes-page.ts";
import { markdownTable } from "../src/runbooks/markdown-table.ts";
import { describeThreshold, renderRunbook } from "../src/runbooks/render-runbook.ts";
import type { GeneratedFile } from "../src/targets/generated-file.ts";
import type { Target } from "../src/targets/render-files.ts";
import { TARGETS } from "../src/targets/render-files.ts";

const packageFolder = new URL("../", import.meta.url);

/** Folder of this package. */
export const PACKAGE_FOLDER: string = fileURLToPath(packageFolder);

const read = (path: string): string => readFileSync(new URL(path, packageFolder), "utf8");
function replaceBetween(text: string, part: string, replacement: string): string {
  const [start, end] = [`<!-- generated: ${part} -->`, `<!-- end of generated: ${part} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md: expected ${start} followed by ${end}`);
  return `${text.slice(0, from)}${start}\n\n${replacement}\n\n${text.slice(to)}`;
}

/** The README with its tables filled in. */
export function renderReadme(): string {
  const alerts = createModel().allAlerts.flatMap((group) => group.alerts);
  const alertRows = alerts.map((alert) => [
    `[${alert.name}](runbooks/${alert.name}.md)`,
    alert.severity,
    `${describeThreshold(alert)} for ${alert.for}`,
    alert.optIn ? "no" : "yes",
  ]);
  const thresholdRows = Object.entries(THRESHOLDS).map(([key, { default: value, unit, tune }]) => [
    `\`${key}\``,
    `${value} (${unit})`,
    tune,
  ]);
  const alertTable = markdownTable(["Alert", "Severity", "Fires", "On by default"], alertRows);
  const thresholdTable = markdownTable(["Threshold", "Default", "When to change it"], thresholdRows);
  return replaceBetween(
    replaceBetween(read("README.md"), "alerts", alertTable),
    "thresholds",
    thresholdTable,
  );
}

/** Runbooks and README as they should be: the prose that is there, with the generated parts filled in. */
export function generatedSources(): readonly GeneratedFile[] {
  const model = createModel();
  const runbooks = model.allAlerts
    .flatMap((group) => group.alerts)
    .map((alert) => {
      const path = `runbooks/${alert.name}.md`;
      return { path, content: renderRunbook(model, alert, read(path)) };
    });
  return [
    ...runbooks,
    { path: "runbooks/error-codes.md", content: renderErrorCodes() },
    { path: "README.md", content: renderReadme() },
  ];
}

/** What `generated/` holds: everything but the runbooks, which are beside it. */
export const GENERATED_TARGETS: readonly Target[] = TARGETS.filter((target) => target !== "runbooks");
