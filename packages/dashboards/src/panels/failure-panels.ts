import type { ResolvedConfig } from "../config/options.ts";
import { ratio } from "../promql/idioms.ts";
import { colorByName } from "./colors.ts";
import { errorActionMapping } from "./error-action-mapping.ts";
import type { PanelSpec } from "./grafana.ts";
import { table, timeSeries } from "./kinds.ts";
import { PANEL_IDS } from "./panel-ids.ts";
import { refusalPanels } from "./refusal-panels.ts";
import { FAILED_MATCHER, requestRate } from "./shares.ts";

const ids = PANEL_IDS.overview;

/** Widths of the table's narrow columns; the advice gets the rest. */
const COLUMN_PIXELS = { Operation: 250, "Error code": 190, "A minute": 80 };

/** On a narrow screen the table scrolls sideways rather than cut the advice into single words. */
const ADVICE_PIXELS = 320;

function operationFailures(config: ResolvedConfig): PanelSpec {
  const failed = requestRate(config, ["url_template"], [FAILED_MATCHER]);
  return timeSeries(
    config,
    {
      id: ids.operationFailures,
      title: "Failed requests by operation, ten worst",
      description:
        "Share of each operation's requests. One operation alone points at our code or data; all together point at the token, the quota or Intercom.",
      queries: [
        {
          expr: `topk(10, ${ratio(failed, requestRate(config, ["url_template"]))})`,
          legend: "{{url_template}}",
        },
      ],
      unit: "percentunit",
      noValue: "No requests",
      columns: 12,
    },
    { reaches: 0.1 },
  );
}

function errorCodes(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.errorCodes,
      title: "Failed requests by error code",
      description:
        "Intercom's code, or the kind of network failure. The table below says what to do about each.",
      queries: [{ expr: requestRate(config, ["error_code"], [FAILED_MATCHER]), legend: "{{error_code}}" }],
      unit: "reqps",
      noValue: "No failed requests",
      columns: 12,
    },
    { stack: true },
  );
}

function retryability(config: ResolvedConfig): PanelSpec {
  return timeSeries(
    config,
    {
      id: ids.retryability,
      title: "Failed requests: can a retry help?",
      description:
        "Where a retry cannot help, each resend is wasted quota. Those failures need a change of code, data, token or plan.",
      queries: [
        { expr: requestRate(config, ["retryable"], [FAILED_MATCHER]), legend: "retryable: {{retryable}}" },
      ],
      unit: "reqps",
      noValue: "No failed requests",
      overrides: colorByName({ "retryable: true": "yellow", "retryable: false": "red" }),
      columns: 12,
    },
    { stack: true },
  );
}

function errorTable(config: ResolvedConfig): PanelSpec {
  const failed = `${requestRate(config, ["url_template", "error_code"], [FAILED_MATCHER])} > 0`;
  return table(
    config,
    {
      id: ids.errorTable,
      title: "What to do, by operation and error code",
      description:
        "Failures a minute at this moment, worst first, with the catalogue's advice. Empty is good.",
      queries: [
        { expr: `label_replace((${failed}) * 60, "action", "$1", "error_code", "(.*)")`, legend: "" },
      ],
      unit: "short",
      noValue: "No failed requests",
      overrides: [
        ...Object.entries(COLUMN_PIXELS).map(([name, pixels]) => ({
          matcher: { id: "byName" as const, options: name },
          properties: [{ id: "custom.width", value: pixels }],
        })),
        {
          matcher: { id: "byName", options: "What to do" },
          properties: [
            { id: "mappings", value: [errorActionMapping()] },
            { id: "custom.minWidth", value: ADVICE_PIXELS },
            { id: "custom.cellOptions", value: { type: "auto", wrapText: true } },
          ],
        },
      ],
      columns: 24,
    },
    [
      {
        id: "organize",
        options: {
          excludeByName: { Time: true },
          indexByName: { url_template: 0, error_code: 1, Value: 2, action: 3 },
          renameByName: {
            url_template: "Operation",
            error_code: "Error code",
            Value: "A minute",
            action: "What to do",
          },
        },
      },
      { id: "sortBy", options: { fields: {}, sort: [{ field: "A minute", desc: true }] } },
    ],
  );
}

/** What fails, where, and what to do about it. */
export function failurePanels(config: ResolvedConfig): readonly PanelSpec[] {
  return [
    operationFailures(config),
    errorCodes(config),
    errorTable(config),
    retryability(config),
    ...refusalPanels(config),
  ];
}
