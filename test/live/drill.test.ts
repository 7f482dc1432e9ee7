import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { AlertName } from "@intercom-telemetry/dashboards";
import { describe, expect, test } from "vitest";
import { findBinary } from "../dashboards/find-binary.ts";
import type { Drill } from "../drill/drill.ts";
import { DRILLS } from "../drill/drills/all-drills.ts";
import { describeResult, isGood, summarize } from "../drill/play/describe.ts";
import type { DrillResult } from "../drill/play/play-drill.ts";
import { runDrills } from "../drill/play/run-drills.ts";
import { openClientScene } from "../drill/scenes/client-scene.ts";

const missing = ["prometheus", "prometheus-alertmanager"].filter((name) => findBinary(name) === undefined);
const title = missing.length === 0 ? "drills" : `drills (skipped: no ${missing.join(", ")} on the PATH)`;

function drillOf(alert: AlertName): Drill {
  const drill = DRILLS.find((each) => each.alert === alert);
  if (!drill) throw new Error(`no drill for ${alert}`);
  return drill;
}

/** A drill that forgets its fault: its alert has to stay silent, and the drill has to fail. */
const forgetful: Drill = {
  ...drillOf("IntercomClientForbidden"),
  timeoutSeconds: 12,
  open: (name) => openClientScene(name, {}, async (_, delivered) => void (await delivered)),
};

describe.skipIf(missing.length > 0)(title, () => {
  test("a revoked token, an outage and a killed process are told of and told to be over; without a fault nothing is", async () => {
    const played = (
      ["IntercomClientUnauthorized", "IntercomClientUnavailable", "IntercomClientMetricsAbsent"] as const
    ).map(drillOf);
    const reported: DrillResult[] = [];
    const report = await runDrills({
      drills: [...played, forgetful],
      quietSeconds: undefined,
      onResult: (result) => reported.push(result),
    });
    expect(reported).toHaveLength(4);
    const [unplayed] = report.results.filter(({ alert }) => alert === forgetful.alert);
    expect(unplayed).toMatchObject({ fired: false, resolved: false });
    expect(unplayed?.problem).toBe("IntercomClientForbidden is delivered as firing: not within 12 s");
    expect([summarize(report), isGood(report)]).toEqual([{ alerts: 4, fired: 3, resolved: 3 }, false]);
    expect(report.failingRules).toEqual([]);
    for (const result of report.results.filter(({ alert }) => alert !== forgetful.alert)) {
      const {
        faultBegan = Number.NaN,
        pending,
        firing,
        delivered,
        resolved,
        resolvedDelivered,
      } = result.timeLine;
      const steps = [Math.floor(faultBegan), pending, firing, delivered, resolved, resolvedDelivered];
      expect(steps, describeResult(result)).toEqual([...steps].sort((one, two) => Number(one) - Number(two)));
      expect(describeResult(result)).toMatch(/^ok .*\n.*pending .* -> firing .* -> delivered .* -> resolved/);
    }
  });
});

const root = fileURLToPath(new URL("../..", import.meta.url));

test.each([
  [[], "expected either names of alerts or --all"],
  [["--all", "IntercomClientStuck"], "expected either names of alerts or --all"],
  [["IntercomClientNonsense"], "Allowed choices are IntercomClientErrorBudgetBurnFast"],
])("npm run drill -- %s is refused with what was expected", (args, expected) => {
  const loader = `${root}node_modules/tsx/dist/loader.mjs`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", loader, "test/drill/main.ts", ...args],
    {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.base.json` },
    },
  );
  expect({ status, told: stderr.includes(expected) }, stderr).toEqual({ status: 1, told: true });
});
