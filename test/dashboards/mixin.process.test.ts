import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildDashboards, buildRules, renderFiles } from "@intercom-telemetry/dashboards";
import { describe, expect, it } from "vitest";
import { findBinary } from "./find-binary.ts";
import { inTemporaryFolder } from "./promtool.ts";

const JSONNET = findBinary("jsonnet", "jsonnet");

/** Renders an expression over `mixin`, as jsonnet does it beside the files that are written. */
function render(expression: string, targets: Parameters<typeof renderFiles>[1]): unknown {
  return inTemporaryFolder((folder) => {
    for (const { path, content } of renderFiles({ groupLabels: ["cluster"] }, targets)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const program = `local mixin = import 'mixin/mixin.libsonnet'; ${expression}`;
    const { stdout, stderr } = spawnSync(JSONNET ?? "jsonnet", ["--jpath", folder, "--exec", program], {
      encoding: "utf8",
      maxBuffer: 50_000_000,
    });
    expect(stderr).toBe("");
    return JSON.parse(stdout);
  });
}

const name = JSONNET === undefined ? "in jsonnet (skipped: jsonnet is not on the PATH)" : "in jsonnet";

describe.skipIf(JSONNET === undefined)(`the mixin, ${name}`, () => {
  const plain = buildRules({ groupLabels: ["cluster"] }).groups;

  it("has the dashboards and rules of the other targets", () => {
    const all =
      "{ d: mixin.grafanaDashboards, r: mixin.prometheusRules.groups, a: mixin.prometheusAlerts.groups }";
    const { d, r, a } = render(all, ["mixin", "grafana"]) as Record<"d" | "r" | "a", unknown>;
    const dashboards = buildDashboards({ groupLabels: ["cluster"] }).map((one) => [`${one.uid}.json`, one]);
    expect(d).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(dashboards))));
    expect([...(r as unknown[]), ...(a as unknown[])]).toEqual(JSON.parse(JSON.stringify(plain)));
  });

  it("leaves the rules and alerts of a mixin beside it where they are", () => {
    const other = "{ prometheusRules+:: { groups+: ['a'] }, prometheusAlerts+:: { groups+: ['b'] } }";
    const joined = (order: string): string =>
      `local m = ${order}; [std.length(m.prometheusRules.groups), std.length(m.prometheusAlerts.groups)]`;
    const alerting = plain.filter(({ rules: [rule] }) => rule && "alert" in rule).length;
    const expected = [plain.length - alerting + 1, alerting + 1];
    expect(render(joined(`${other} + mixin`), ["mixin", "grafana"])).toEqual(expected);
    expect(render(joined(`mixin + ${other}`), ["mixin", "grafana"])).toEqual(expected);
  });
});
