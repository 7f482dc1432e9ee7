import { SLOW_REQUEST_SECONDS } from "@intercom-telemetry/core/contract";
import { PANEL_IDS } from "../names/panel-ids.ts";
import { RECORDS } from "../names/records.ts";
import { allOf, compare, ratio, select, shareAbove, sumBy } from "../promql/idioms.ts";
import type { Promql } from "../promql/promql.ts";
import { overWindow } from "../promql/windows.ts";
import type { Conditions } from "./conditions.ts";
import { onLabels } from "./conditions.ts";
import type { Signal } from "./signal.ts";

const ids = PANEL_IDS.overview;

/** How long requests are open while none ends. */
export const STUCK_WINDOW = "10m";

/** Questions about how requests run. */
export type TrafficSignals = Readonly<
  Record<"slowRequests" | "retryStorm" | "stuck" | "trafficDropped", Signal>
>;

function slowRequests({ config, labels, raw, sum }: Promql, { above, enough }: Conditions): Signal {
  const threshold = above("slowRequestsRatio");
  const slowShare: Signal["value"] = (scope, matchers = []) => {
    const buckets = (edge: string): string =>
      sum(scope, select(RECORDS.durationBuckets, [...matchers, `le="${edge}"`]));
    return shareAbove(buckets(String(SLOW_REQUEST_SECONDS)), buckets("+Inf"));
  };
  const durations = `rate(${raw("duration", [], "_bucket")}[10m])`;
  const slowest = (by: readonly string[]): string =>
    `topk(10, histogram_quantile(0.95, ${sumBy([...by, "le"], durations)}))`;
  return {
    unit: "percentunit",
    panel: { dashboard: "overview", id: ids.slowShare },
    value: slowShare,
    condition: (matchers) =>
      allOf(compare(slowShare("job", matchers), ">", threshold.value), enough(matchers)),
    threshold,
    alsoUses: ["minimumRequests"],
    identity: labels("job"),
    guidance: {
      errorCodes: ["timeout", "gateway_timeout"],
      queries: [
        config.durationPerOperation
          ? {
              question: "Which operations are slow?",
              expr: slowest(["job", "client", "method", "url_template"]),
            }
          : {
              question:
                "Which processes are slow? Durations are recorded by client: only the spans below know the operation.",
              expr: slowest(["job", "instance", "client"]),
            },
        { question: "Do other services see it too?", expr: slowShare("job") },
      ],
      spanFilters: [`duration > ${SLOW_REQUEST_SECONDS}s`],
    },
  };
}

function retryStorm({ labels, sum }: Promql, { above, enough }: Conditions): Signal {
  const threshold = above("retryRatio");
  const retryShare: Signal["value"] = (scope, matchers) =>
    ratio(sum(scope, select(RECORDS.retries, matchers)), sum(scope, select(RECORDS.requests, matchers)));
  return {
    unit: "percentunit",
    panel: { dashboard: "overview", id: ids.retryRatio },
    value: retryShare,
    condition: (matchers) =>
      allOf(compare(retryShare("job", matchers), ">", threshold.value), enough(matchers)),
    threshold,
    alsoUses: ["minimumRequests"],
    identity: labels("job"),
    guidance: {
      errorCodes: ["rate_limit_exceeded", "service_unavailable", "timeout"],
      queries: [
        {
          question: "What is retried?",
          expr: `sum by (job, client, error_code) (${RECORDS.outcomeRetries})`,
        },
        {
          question: "Which operations?",
          expr: `topk(10, sum by (job, client, method, url_template) (${RECORDS.outcomeRetries}))`,
        },
      ],
      spanFilters: ["http.request.resend_count >= 1"],
    },
  };
}

function stuck(promql: Promql, { above }: Conditions): Signal {
  const { labels, raw, sum } = promql;
  const threshold = above("stuckProcesses");
  const stuckProcesses: Signal["value"] = (scope, matchers) => {
    const open = `min_over_time(${raw("inFlight", matchers)}[${STUCK_WINDOW}]) > 0`;
    const ended = sum("instance", `rate(${raw("requests", matchers)}[${STUCK_WINDOW}])`);
    const hanging = `(${open})\nunless ${onLabels(promql, "instance")}\n(${ended} > 0)`;
    return `count by (${labels(scope).join(", ")}) (\n${hanging}\n)`;
  };
  return {
    unit: "short",
    panel: { dashboard: "overview", id: ids.stuck },
    value: stuckProcesses,
    condition: (matchers) => compare(stuckProcesses("job", matchers), ">", threshold.value),
    threshold,
    alsoUses: [],
    identity: labels("job"),
    guidance: {
      errorCodes: ["timeout"],
      queries: [
        { question: "Which processes?", expr: `min_over_time(${raw("inFlight")}[${STUCK_WINDOW}]) > 0` },
        {
          question: "When did one last end?",
          expr: `sum by (job, instance) (increase(${raw("requests")}[1h]))`,
        },
      ],
      spanFilters: ['intercom.error.code = "timeout"'],
    },
  };
}

function trafficDropped({ config, labels }: Promql, { below }: Conditions): Signal {
  const threshold = below("trafficDropRatio");
  const hour = (matchers: readonly string[] | undefined, offset = ""): string =>
    overWindow(select(RECORDS.calls, matchers), "1h", offset);
  const dropped = (matchers?: readonly string[]): string =>
    `${hour(matchers)} / (${hour(matchers, " offset 1w")} > 0)`;
  return {
    unit: "percentunit",
    panel: { dashboard: "overview", id: ids.callRate },
    value: (_, matchers) => dropped(matchers),
    condition: (matchers) =>
      allOf(
        compare(dropped(matchers), "<", threshold.value),
        `${hour(matchers, " offset 1w")} * 60 >= ${config.thresholds.minimumRequests}`,
      ),
    threshold,
    alsoUses: ["minimumRequests"],
    identity: labels("job"),
    guidance: {
      errorCodes: [],
      queries: [
        { question: "Calls per second now?", expr: RECORDS.calls },
        { question: "And a week ago?", expr: `${RECORDS.calls} offset 1w` },
      ],
      spanFilters: [],
    },
  };
}

/** How requests run: slow, repeated, hanging, missing. */
export function trafficSignals(promql: Promql, conditions: Conditions): TrafficSignals {
  return {
    slowRequests: slowRequests(promql, conditions),
    retryStorm: retryStorm(promql, conditions),
    stuck: stuck(promql, conditions),
    trafficDropped: trafficDropped(promql, conditions),
  };
}
