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

/** 1 while Intercom accepts the token, by scope. */
type TokenValid = (scope: Scope, matchers?: readonly string[]) => string;

function tokenRejected({ labels, raw }: Promql, tokenValid: TokenValid): Signal {
  return {
    unit: "none",
    panel: { dashboard: "platform", id: ids.tokenValid },
    value: tokenValid,
    condition: (matchers) => compare(tokenValid("job", matchers), "<", 1),
    threshold: { value: 1, comparison: "<", setting: "alerts.IntercomClientTokenRejected.enabled" },
    alsoUses: [],
    identity: labels("job"),
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
  };
}

function platformDegraded({ config, raw }: Promql, { above }: Conditions): Signal {
  const components = [...config.groupLabels, "component", "region"];
  const status = (matchers?: readonly string[]): string => maxBy(components, raw("platformStatus", matchers));
  const threshold = above("platformSeverity");
  return {
    unit: "none",
    panel: { dashboard: "platform", id: ids.components },
    value: (_, matchers) => status(matchers),
    condition: (matchers) => compare(status(matchers), ">", threshold.value),
    threshold,
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
  };
}

function clockSkew({ labels, raw }: Promql, { above }: Conditions): Signal {
  const threshold = above("clockSkewSeconds");
  const skew: Signal["value"] = (scope, matchers) =>
    maxBy(labels(scope), `abs(${raw("probeClockSkew", matchers)})`);
  return {
    unit: "s",
    panel: { dashboard: "platform", id: ids.clockSkew },
    value: skew,
    condition: (matchers) => compare(skew("job", matchers), ">", threshold.value),
    threshold,
    alsoUses: [],
    identity: labels("job"),
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
  };
}

function probeFailing(
  { config, labels, raw }: Promql,
  { above }: Conditions,
  tokenValid: TokenValid,
): Signal {
  const threshold = above("probeFailureRatio");
  /** Share of failed probes; 1 as well when none has succeeded for too long, as when the probe hangs. */
  const failures: Signal["value"] = (scope, matchers) => {
    const success = `avg_over_time(${raw("probeSuccess", matchers)}[${PROBE_WINDOW}])`;
    const last = maxBy(labels(scope), raw("probeLastSuccess", matchers));
    const stale = `(${last} < time() - ${config.thresholds.probeStaleSeconds}) * 0 + 1`;
    return `${stale}\nor\n1 - avg by (${labels(scope).join(", ")}) (${success})`;
  };
  return {
    unit: "percentunit",
    panel: { dashboard: "platform", id: ids.probeFailures },
    value: failures,
    // A refused token fails every probe, and has its own alert.
    condition: (matchers) =>
      `${compare(failures("job", matchers), ">", threshold.value)}\nunless\n${compare(tokenValid("job", matchers), "<", 1)}`,
    threshold,
    alsoUses: ["probeStaleSeconds"],
    identity: labels("job"),
    guidance: {
      errorCodes: ["dns", "connection_refused", "tls", "timeout", "service_unavailable"],
      queries: [
        { question: "How far does a probe get?", expr: raw("probeDuration") },
        { question: "When did one last succeed?", expr: `time() - ${raw("probeLastSuccess")}` },
      ],
      spanFilters: ['url.template = "/me"'],
    },
  };
}

/** What the probe sees, independently of your services. */
export function probeSignals(promql: Promql, conditions: Conditions): ProbeSignals {
  const tokenValid: TokenValid = (scope, matchers) =>
    `min by (${promql.labels(scope).join(", ")}) (${promql.raw("probeTokenValid", matchers)})`;
  return {
    tokenRejected: tokenRejected(promql, tokenValid),
    platformDegraded: platformDegraded(promql, conditions),
    clockSkew: clockSkew(promql, conditions),
    probeFailing: probeFailing(promql, conditions, tokenValid),
  };
}
