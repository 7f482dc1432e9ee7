import { readFileSync } from "node:fs";
import type { Model } from "../model.ts";
import { renderErrorCodes } from "../runbooks/error-codes-page.ts";
import { renderRunbook } from "../runbooks/render-runbook.ts";
import { RUNBOOKS_FOLDER } from "../runbooks-folder.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** The runbooks with the thresholds of the configuration, and a page of all error codes. */
export function runbookFiles(model: Model): readonly GeneratedFile[] {
  const runbooks = model.allAlerts
    .flatMap(({ alerts }) => alerts)
    .map((alert) => {
      const markdown = readFileSync(new URL(`${alert.name}.md`, RUNBOOKS_FOLDER), "utf8");
      return { path: `runbooks/${alert.name}.md`, content: renderRunbook(model, alert, markdown) };
    });
  return [...runbooks, { path: "runbooks/error-codes.md", content: renderErrorCodes() }];
}
