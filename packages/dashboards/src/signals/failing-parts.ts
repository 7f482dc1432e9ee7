import { ALL_OPERATIONS, replayHint } from "@intercom-telemetry/core/facts";
import { PANEL_IDS } from "../names/panel-ids.ts";
import { RECORDS } from "../names/records.ts";
import { NEWSWORTHY, NEWSWORTHY_MATCHER, WORKED_MATCHER } from "../promql/categories.ts";
import { oneOf, select } from "../promql/idioms.ts";
import type { Promql, Scope } from "../promql/promql.ts";
import { eventsInWindow, overWindow } from "../promql/windows.ts";
import type { Conditions } from "./conditions.ts";
import { FEW_WINDOW, onLabels, REFUSAL_WINDOW } from "./conditions.ts";
import type { Signal } from "./signal.ts";

const ids = PANEL_IDS.overview;

/** A POST that ends like this may have happened. Source: the causes in the error catalog. */
const UNKNOWN_EFFECT = ["timeout", "connection_reset", "response_incomplete", "gateway_timeout"];

/** Searches are written as POST and change nothing. */
const HARMLESS_POSTS = ALL_OPERATIONS.filter(
  (operation) => operation.method === "POST" && replayHint(operation) === "safe",
).map(({ template }) => template);

/** Questions about parts of a job. */
export type FailingPartSignals = Readonly<
  Record<"failingOperations" | "failingInstances" | "writesUncertain", Signal>
>;

interface Part {
  readonly scope: Scope;
  readonly panelId: number;
  readonly spanFilter: string;
}

function failingPart(
  promql: Promql,
  { allFailed }: Conditions,
  { scope, panelId, spanFilter }: Part,
): Signal {
  const { config, labels, sum } = promql;
  const record = scope === "instance" ? RECORDS.instanceRequests : RECORDS.outcomeRequests;
  const works = (matchers: readonly string[] = []): string =>
    sum("job", overWindow(select(record, [...matchers, WORKED_MATCHER]), REFUSAL_WINDOW));
  return {
    unit: "short",
    panel: { dashboard: "overview", id: panelId },
    value: (by, matchers = []) =>
      sum(by, eventsInWindow(select(record, [...matchers, NEWSWORTHY_MATCHER]), FEW_WINDOW)),
    condition: (matchers) =>
      `(${allFailed(scope, NEWSWORTHY, matchers)})\nand ${onLabels(promql, "job")} ${works(matchers)} > 0`,
    threshold: {
      value: config.thresholds.minimumFailures,
      comparison: ">=",
      key: "minimumFailures",
      setting: "thresholds.minimumFailures",
    },
    alsoUses: ["minimumRefusals"],
    identity: labels(scope),
    guidance: {
      errorCodes: [],
      queries: [
        {
          question: "How do its requests end?",
          expr: `sum by (${[...labels(scope), "error_category"].join(", ")}) (${record})`,
        },
        {
          question: "Which codes does the job see?",
          expr: `sum by (job, client, error_code) (${select(RECORDS.outcomeRequests, [NEWSWORTHY_MATCHER])})`,
        },
      ],
      spanFilters: [spanFilter, "http.response.status_code >= 400"],
    },
  };
}

function writesUncertain({ config, labels, sum }: Promql, { above }: Conditions): Signal {
  const uncertain = [
    'method="POST"',
    oneOf("error_code", UNKNOWN_EFFECT),
    `url_template!~"${HARMLESS_POSTS.join("|")}"`,
  ];
  const threshold = above("uncertainWritesRatio");
  const events = (scope: Scope, matchers: readonly string[]): string =>
    sum(scope, eventsInWindow(select(RECORDS.outcomeRequests, matchers), FEW_WINDOW));
  const uncertainShare = (scope: Scope, matchers: readonly string[] = []): string =>
    `${events(scope, [...matchers, ...uncertain])} / (${events(scope, [...matchers, ...uncertain.slice(0, 1)])} > 0)`;
  return {
    unit: "percentunit",
    panel: { dashboard: "overview", id: ids.uncertainWrites },
    value: uncertainShare,
    condition: (matchers = []) =>
      `(${uncertainShare("operation", matchers)}) > ${threshold.value}\nand\nround(${events("operation", [...matchers, ...uncertain])}) >= ${config.thresholds.minimumFailures}`,
    threshold,
    alsoUses: ["minimumFailures"],
    identity: labels("operation"),
    guidance: {
      errorCodes: UNKNOWN_EFFECT,
      queries: [
        {
          question: "How many writes, of which operations?",
          expr: events("operation", uncertain),
        },
        {
          question: "Were they sent again?",
          expr: `sum by (job, client, url_template, error_code) (${select(RECORDS.outcomeRetries, uncertain)})`,
        },
      ],
      spanFilters: ['http.request.method = "POST"', 'intercom.error.code = "timeout"'],
    },
  };
}

/** Parts of a job that fail altogether while the rest of it works, and writes of which nobody knows. */
export function failingPartSignals(promql: Promql, conditions: Conditions): FailingPartSignals {
  return {
    failingOperations: failingPart(promql, conditions, {
      scope: "operation",
      panelId: ids.failingOperations,
      spanFilter: 'url.template = "<url_template>"',
    }),
    failingInstances: failingPart(promql, conditions, {
      scope: "instance",
      panelId: ids.failingInstances,
      spanFilter: 'service.instance.id = "<instance>"',
    }),
    writesUncertain: writesUncertain(promql, conditions),
  };
}
