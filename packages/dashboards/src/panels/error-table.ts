import { PANEL_IDS } from "../names/panel-ids.ts";
import { RECORDS } from "../names/records.ts";
import { FAILED_MATCHER } from "../promql/categories.ts";
import { select, sumBy } from "../promql/idioms.ts";
import { errorActionMapping } from "./error-action-mapping.ts";
import type { FieldOverride, PanelSpec, Transformation } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { toErrorCode } from "./links.ts";

/** Widths of the table's narrow columns; the advice gets the rest. */
const COLUMN_PIXELS = { Operation: 250, "Error code": 190, "A minute": 80 };

/** On a narrow screen the table scrolls sideways rather than cut the advice into single words. */
const ADVICE_PIXELS = 320;

function columnOverrides(kit: PanelKit): readonly FieldOverride[] {
  return [
    ...Object.entries(COLUMN_PIXELS).map(([name, pixels]) => ({
      matcher: { id: "byName" as const, options: name },
      properties: [{ id: "custom.width", value: pixels }],
    })),
    {
      matcher: { id: "byName", options: "Error code" },
      properties: [{ id: "links", value: [toErrorCode(kit.promql.config, "Error code")] }],
    },
    {
      matcher: { id: "byName", options: "What to do" },
      properties: [
        { id: "mappings", value: [errorActionMapping()] },
        { id: "custom.minWidth", value: ADVICE_PIXELS },
        { id: "custom.cellOptions", value: { type: "auto", wrapText: true } },
      ],
    },
  ];
}

/** Columns in this order, the most frequent failure on top. */
const ARRANGEMENT: readonly Transformation[] = [
  {
    id: "organize",
    options: {
      excludeByName: { Time: true, method: true, url_template: true },
      indexByName: { operation: 0, error_code: 1, Value: 2, action: 3 },
      renameByName: {
        operation: "Operation",
        error_code: "Error code",
        Value: "A minute",
        action: "What to do",
      },
    },
  },
  { id: "sortBy", options: { fields: {}, sort: [{ field: "A minute", desc: true }] } },
];

/** What fails now, where, and what to do about each. Recorded series, so that it is fast on the first screen. */
export function errorTable(kit: PanelKit): PanelSpec {
  const { jobScope, table } = kit;
  const labels = ["method", "url_template", "error_code"];
  const failed = `${sumBy(labels, select(RECORDS.outcomeRequests, [...jobScope, FAILED_MATCHER]))} > 0`;
  return table(
    {
      id: PANEL_IDS.overview.errorTable,
      title: "What to do, by operation and error code",
      description: "Failures per minute now, worst first, with the catalog's advice. Empty is good.",
      queries: [
        {
          expr: `label_replace(label_join((${failed}) * 60, "operation", " ", "method", "url_template"), "action", "$1", "error_code", "(.*)")`,
          legend: "",
        },
      ],
      unit: "short",
      noValue: "No failed requests",
      overrides: columnOverrides(kit),
      columns: 24,
    },
    ARRANGEMENT,
  );
}
