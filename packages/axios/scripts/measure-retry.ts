/** Measures the variants of `test/axios/retry/closed-window.ts` and writes the table into `docs/retry.md`. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { replaceBlock } from "@intercom-telemetry/guards/markdown";
import {
  CALLERS,
  type ClosedWindowResult,
  meetClosedWindow,
  REAL_TIME,
  VARIANTS,
} from "../../../test/axios/retry/closed-window.ts";

const page = fileURLToPath(new URL("../docs/retry.md", import.meta.url));
const HEAD =
  "| quota | retried by | succeeded | windows needed | attempts per call | next window's quota used | peak |";

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function toRow(result: ClosedWindowResult): string {
  const cells = [
    String(result.quota),
    result.variant,
    `${result.succeeded} of ${CALLERS}`,
    String(result.windowsNeeded),
    result.requestsPerCall.toFixed(2),
    percent(result.nextWindowUse),
    percent(result.peakTenthUse),
  ];
  return `| ${cells.join(" | ")} |`;
}

const rows: string[] = [];
for (const quota of [100, 60]) {
  for (const variant of VARIANTS) {
    const row = toRow(await meetClosedWindow(variant, quota, REAL_TIME));
    process.stdout.write(`${row}\n`);
    rows.push(row);
  }
}

const rule = `|${" --- |".repeat(HEAD.split("|").length - 2)}`;
const machine = `Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}.`;
const table = [HEAD, rule, ...rows, "", machine].join("\n");
writeFileSync(page, replaceBlock(readFileSync(page, "utf8"), "closed-window", `\n${table}\n`));
