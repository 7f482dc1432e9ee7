import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Row } from "../scoreboard/run-scenario.ts";
import { findScenario, SCENARIO_GROUPS } from "../scoreboard/scenarios/index.ts";
import { runScoreboard, scoreOf } from "../scoreboard/scoreboard.ts";

/** One of each kind; `npm run scoreboard` plays them all. */
const QUICK = [
  "404",
  "The connection is reset",
  "axios-retry, put on before the tool, sends three times",
  "An e-mail address in the path stays out of all records",
  "Code: 200 that hides an error.list",
  "Quota: three responses",
];

describe("the page of the scoreboard", () => {
  it("has every scenario", () => {
    const page = readFileSync("packages/axios/docs/scoreboard.md", "utf8");
    const missing = Object.values(SCENARIO_GROUPS)
      .flat()
      .filter(({ name }) => !page.includes(`| ${name} (`));
    expect(missing).toEqual([]);
  });
});

describe("the scoreboard", () => {
  let rows: Row[];
  const verdictOn = (tool: string, name: string) =>
    rows.find(({ scenario }) => scenario.name === name)?.verdicts[tool]?.result;

  beforeAll(async () => {
    rows = await runScoreboard(QUICK.map(findScenario));
  });

  it("finds ours right in every scenario", () => {
    expect(scoreOf(rows, "ours")).toEqual({ right: QUICK.length, wrong: 0, notOffered: 0 });
  });

  it("grants general tools what they get right", () => {
    expect(verdictOn("instrumentation-http", "404")).toBe("right");
    expect(verdictOn("axios-prometheus-adapter", "404")).toBe("right");
    expect(verdictOn("prometheus-api-metrics", "The connection is reset")).toBe("right");
  });

  it("does not hold against them what only Intercom's documentation tells", () => {
    for (const tool of [
      "instrumentation-http",
      "axios-prometheus-adapter",
      "both",
      "prometheus-api-metrics",
    ]) {
      expect(verdictOn(tool, "Quota: three responses"), tool).toBe("not offered");
      expect(verdictOn(tool, "Code: 200 that hides an error.list"), tool).toBe("not offered");
    }
  });

  it("sees a wrong record and a changed error", () => {
    const retried = "axios-retry, put on before the tool, sends three times";
    expect(verdictOn("axios-prometheus-adapter", retried)).toBe("wrong");
    expect(verdictOn("axios-prometheus-adapter", "The connection is reset")).toBe("wrong");
  });
});
