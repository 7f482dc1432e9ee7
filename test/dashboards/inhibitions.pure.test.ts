import type { AlertName, DashboardsConfig } from "@intercom-telemetry/dashboards";
import { describe, expect, it } from "vitest";
import { createModel } from "../../packages/dashboards/src/model.ts";
import { resolveInhibitions } from "../../packages/dashboards/src/targets/alertmanager.ts";

const RANKS: Readonly<Record<string, number>> = { critical: 0, warning: 1, info: 2 };

/** Each pair of alerts of which the first keeps the second quiet, with their ranks. */
function pairs(config?: DashboardsConfig): readonly (readonly [AlertName, AlertName, number, number])[] {
  const model = createModel(config);
  const ranks = new Map(
    model.alerts.flatMap(({ alerts }) =>
      alerts.map(({ name, severity }) => [name, RANKS[severity]] as const),
    ),
  );
  return resolveInhibitions(model).flatMap(({ source, targets }) =>
    targets.map((target) => [source, target, ranks.get(source) ?? -1, ranks.get(target) ?? -1] as const),
  );
}

describe("one alert keeps another quiet", () => {
  it("only when it is graver, so that no warning mutes a page", () => {
    expect(pairs().length).toBeGreaterThan(10);
    expect(pairs().filter(([, , source, target]) => source >= target)).toEqual([]);
  });

  it("only as long as it is graver by the user's own severities", () => {
    const muted = pairs({ alerts: { IntercomClientRateLimitedSeverely: { severity: "warning" } } });
    expect(muted.filter(([, , source, target]) => source >= target)).toEqual([]);
    expect(muted.map(([source, target]) => `${source} ${target}`)).not.toContain(
      "IntercomClientRateLimitedSeverely IntercomClientRateLimited",
    );
  });

  it("only when it is written at all", () => {
    const left = pairs({ alerts: { IntercomClientUnavailable: { enabled: false } } });
    expect(left.map(([source]) => source)).not.toContain("IntercomClientUnavailable");
  });

  it("only within the same job and the same configured labels, but for the token that the probe shares", () => {
    for (const { source, targets, equal } of resolveInhibitions(createModel({ groupLabels: ["env"] }))) {
      expect(equal).toContain("env");
      if (!targets.includes("IntercomClientTokenRejected")) expect(equal, source).toContain("job");
    }
  });
});
