import { PANEL_IDS } from "../names/panel-ids.ts";
import { categoryMatcher, codesOf } from "../promql/categories.ts";
import { compare, maxBy } from "../promql/idioms.ts";
import type { Promql, Scope } from "../promql/promql.ts";
import type { Conditions } from "./conditions.ts";
import type { Signal } from "./signal.ts";

const ids = PANEL_IDS.platform;

/** Window over which failed probes are counted. */
export const PROBE_WINDOW = "15m";

/** Signals of the probe. */
export type ProbeSignals = Readonly<
  Record<"tokenRejected" | "platformDegraded" | "clockSkew" | "probeFailing", Signal>
>;

/** What the probe sees, independently of your services. */
export function probeSignals(promql: Promql, { above }: Conditions): ProbeSignals {
  const { config, labels, raw } = promql;
  const { thresholds, groupLabels } = config;
  const identity = labels("job");

  const tokenValid = (scope: Scope, matchers?: readonly string[]): string =>
    `min by (${labels(scope).join(", ")}) (${raw("probeTokenValid", matchers)})`;
  const components = [...groupLabels, "component", "region"];
  const status = (matchers?: readonly string[]): string => maxBy(components, raw("platformStatus", matchers));
  const severity = above("platformSeverity");
  const skewed = above("clockSkewSeconds");
  const skew: Signal["value"] = (scope, matchers) =>
    maxBy(labels(scope), `abs(${raw("probeClockSkew", matchers)})`);
  const failing = above("probeFailureRatio");
  /** Share of failed probes; 1 as well when none has succeeded for too long, as when the probe hangs. */
  const failures: Signal["value"] = (scope, matchers) => {
    const success = `avg_over_time(${raw("probeSuccess", matchers)}[${PROBE_WINDOW}])`;
    const last = maxBy(labels(scope), raw("probeLastSuccess", matchers));
    const stale = `(${last} < time() - ${thresholds.probeStaleSeconds}) * 0 + 1`;
    return `${stale}\nor\n1 - avg by (${labels(scope).join(", ")}) (${success})`;
  };

  return {
    tokenRejected: {
      unit: "none",
      panel: { dashboard: "platform", id: ids.tokenValid },
      value: tokenValid,
      condition: (matchers) => compare(tokenValid("job", matchers), "<", 1),
      threshold: { value: 1, comparison: "<", setting: "alerts.IntercomClientTokenRejected.enabled" },
      alsoUses: [],
      identity,
      guidance: {
        errorCodes: codesOf("auth"),
        queries: [
          {
            question: "Do the services see it too?",
            expr: `sum by (job, status_code) (rate(${raw("requests", [categoryMatcher("auth")])}[5m]))`,
          },
          { question: "Since when?", expr: `min_over_time(${raw("probeTokenValid")}[1h])` },
        ],
        spanFilters: ['intercom.error.category = "auth"'],
      },
    },
    platformDegraded: {
      unit: "none",
      panel: { dashboard: "platform", id: ids.components },
      value: (_, matchers) => status(matchers),
      condition: (matchers) => compare(status(matchers), ">", severity.value),
      threshold: severity,
      alsoUses: [],
      identity: components,
      guidance: {
        errorCodes: ["service_unavailable", "server_error"],
        queries: [
          {
            question: "Does it reach us?",
            expr: `sum by (client, job, status_code) (rate(${raw("requests", [categoryMatcher("server")])}[5m]))`,
          },
          { question: "Open incidents?", expr: raw("platformIncidents") },
        ],
        spanFilters: ['intercom.error.category = "server"'],
      },
    },
    clockSkew: {
      unit: "s",
      panel: { dashboard: "platform", id: ids.clockSkew },
      value: skew,
      condition: (matchers) => compare(skew("job", matchers), ">", skewed.value),
      threshold: skewed,
      alsoUses: [],
      identity,
      guidance: {
        errorCodes: ["tls"],
        queries: [
          { question: "Which hosts, and in which direction?", expr: raw("probeClockSkew") },
          {
            question: "Do resets look wrong?",
            expr: `${raw("rateLimitReset")} - timestamp(${raw("rateLimitReset")})`,
          },
        ],
        spanFilters: [],
      },
    },
    probeFailing: {
      unit: "percentunit",
      panel: { dashboard: "platform", id: ids.probeFailures },
      value: failures,
      // A refused token fails every probe, and has its own alert.
      condition: (matchers) =>
        `${compare(failures("job", matchers), ">", failing.value)}\nunless\n${compare(tokenValid("job", matchers), "<", 1)}`,
      threshold: failing,
      alsoUses: ["probeStaleSeconds"],
      identity,
      guidance: {
        errorCodes: ["dns", "connection_refused", "tls", "timeout", "service_unavailable"],
        queries: [
          { question: "How far does a probe get?", expr: raw("probeDuration") },
          { question: "When did one last succeed?", expr: `time() - ${raw("probeLastSuccess")}` },
        ],
        spanFilters: ['url.template = "/me"'],
      },
    },
  };
}
