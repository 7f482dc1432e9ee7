import { readFileSync } from "node:fs";
import { markdownTable } from "@intercom-telemetry/guards/markdown";
import { root } from "../support/worker-bundle.ts";
import { type CandidateName, PACKAGES, TOOL_NAMES } from "./candidates/names.ts";
import { RULES } from "./rules.ts";
import type { Row } from "./run-scenario.ts";
import { SCENARIO_GROUPS } from "./scenarios/index.ts";
import { scoreOf } from "./scoreboard.ts";

const SIGNS = { right: "yes", wrong: "**no**", "not offered": "·" } as const;

const TITLES: Readonly<Record<string, string>> = {
  ours: "ours",
  both: "the two before, together",
};

const titleOf = (tool: CandidateName): string => TITLES[tool] ?? tool;

function versionOf(name: string): string {
  const manifest = readFileSync(`${root}node_modules/${name}/package.json`, "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

const tableOf = ([head = [], ...rows]: readonly (readonly string[])[]): string =>
  markdownTable(head, rows, ["left", "center"]);

function scores(rows: readonly Row[]): string {
  const lines = TOOL_NAMES.map((tool) => {
    const { right, wrong, notOffered } = scoreOf(rows, tool);
    const versions = PACKAGES[tool].map((name) => `${name} ${versionOf(name)}`).join(", ");
    return [versions === "" ? titleOf(tool) : versions, String(right), String(wrong), String(notOffered)];
  });
  return tableOf([["Tool", "right", "wrong", "not offered"], ...lines]);
}

function groupTable(title: string, rows: readonly Row[]): string {
  const names = new Set(SCENARIO_GROUPS[title]?.map(({ name }) => name));
  const lines = rows
    .filter(({ scenario }) => names.has(scenario.name))
    .map(({ scenario, verdicts }) => [
      `${scenario.name} (${scenario.asks.join(", ") || "caller only"})`,
      ...TOOL_NAMES.map((tool) => SIGNS[verdicts[tool]?.result ?? "not offered"]),
    ]);
  return `### ${title}\n\n${tableOf([["Scenario (what is asked)", ...TOOL_NAMES.map(titleOf)], ...lines])}`;
}

const quote = (text: string): string => text.replaceAll("`", "'").replaceAll("\n", " ");

/** Scenarios by what was wrong with them, since the same thing often goes wrong in many. */
function complaintsAbout(tool: CandidateName, rows: readonly Row[]): string {
  const names = new Map<string, string[]>();
  for (const { scenario, verdicts } of rows) {
    const { result, reason = "" } = verdicts[tool] ?? {};
    if (result === "wrong") names.set(reason, [...(names.get(reason) ?? []), scenario.name]);
  }
  const lines = [...names].map(
    ([reason, list]) => `- \`${quote(reason)}\`\n${list.map((name) => `  - ${name}`).join("\n")}`,
  );
  return `### ${titleOf(tool)}\n\n${lines.join("\n") || "Nothing."}`;
}

/** The page of the documentation, in Markdown. */
export function writePage(rows: readonly Row[]): string {
  const date = new Date().toISOString().slice(0, 10);
  const groups = Object.keys(SCENARIO_GROUPS).map((title) => groupTable(title, rows));
  return `# Scoreboard

What five tools record of the same requests, beside what really happened. Written by \`npm run scoreboard -- --write\`
on ${date} with Node ${process.versions.node}, axios ${versionOf("axios")} and prom-client ${versionOf("prom-client")}.

${scores(rows)}

${RULES}

## Scenarios

${groups.join("\n\n")}

## What was wrong

${TOOL_NAMES.map((tool) => complaintsAbout(tool, rows)).join("\n\n")}
`;
}
