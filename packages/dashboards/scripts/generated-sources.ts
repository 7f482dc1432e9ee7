import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { markdownTable, replaceBlock } from "@intercom-telemetry/guards/markdown";
import { THRESHOLDS } from "../src/config/thresholds.ts";
import { createModel } from "../src/model.ts";
import { renderErrorCodes } from "../src/runbooks/error-codes-page.ts";
import { describeThreshold, renderRunbook } from "../src/runbooks/render-runbook.ts";
import type { GeneratedFile } from "../src/targets/generated-file.ts";
import type { Target } from "../src/targets/render-files.ts";
import { renderFiles, TARGETS } from "../src/targets/render-files.ts";
import { fingerprint, MANIFEST_NAME, manifestText } from "../src/write/manifest.ts";

const packageFolder = new URL("../", import.meta.url);

/** Folder of this package. */
export const PACKAGE_FOLDER: string = fileURLToPath(packageFolder);

const read = (path: string): string => readFileSync(new URL(path, packageFolder), "utf8");

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
  return replaceBlock(replaceBlock(read("README.md"), "alerts", alertTable), "thresholds", thresholdTable);
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

/** All that is generated in this package, by its path in it: the files of `generated/` and the list that `write` keeps. */
export function generatedFiles(): readonly GeneratedFile[] {
  const files = renderFiles({}, GENERATED_TARGETS);
  const prints = Object.fromEntries(files.map(({ path, content }) => [path, fingerprint(content)]));
  const manifest = { path: MANIFEST_NAME, content: manifestText({ files: prints, previous: {} }) };
  const inFolder = [...files, manifest].map(({ path, content }) => ({ path: `generated/${path}`, content }));
  return [...generatedSources(), ...inFolder];
}
