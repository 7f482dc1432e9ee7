import { ATTRIBUTES } from "@intercom-telemetry/core/contract";
import { PANEL_IDS } from "../names/panel-ids.ts";
import { FAILED_MATCHER } from "../promql/categories.ts";
import { ratio } from "../promql/idioms.ts";
import { colorByName } from "./colors.ts";
import type { PanelSpec } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { toTraces } from "./links.ts";
import { refusalPanels } from "./refusal-panels.ts";
import { requestRate } from "./shares.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.overview;
const OPERATION = ["method", "url_template"];
const OPERATION_LEGEND = "{{method}} {{url_template}}";

function operationFailures(kit: PanelKit): PanelSpec {
  const { timeSeries, promql } = kit;
  const failed = requestRate(kit, OPERATION, [FAILED_MATCHER]);
  return timeSeries(
    {
      id: ids.operationFailures,
      title: "Failed requests by operation, ten worst",
      description:
        "Share of each operation's requests. One operation alone points at our code or data; all together point at the token, the quota or Intercom.",
      queries: [
        { expr: `topk(10, ${ratio(failed, requestRate(kit, OPERATION))})`, legend: OPERATION_LEGEND },
      ],
      unit: "percentunit",
      noValue: "No requests",
      links: [toTraces(promql.config, ATTRIBUTES.urlTemplate.name, "url_template")],
      columns: 12,
    },
    { reaches: 0.1 },
  );
}

function errorCodes(kit: PanelKit): PanelSpec {
  const { timeSeries, promql } = kit;
  return timeSeries(
    {
      id: ids.errorCodes,
      title: "Failed requests by error code",
      description:
        "Intercom's code, or the kind of network failure. The table above says what to do about each.",
      queries: [{ expr: requestRate(kit, ["error_code"], [FAILED_MATCHER]), legend: "{{error_code}}" }],
      unit: "reqps",
      noValue: "No failed requests",
      links: [toTraces(promql.config, ATTRIBUTES.errorCode.name, "error_code")],
      columns: 12,
    },
    { stack: true },
  );
}

function retryability(kit: PanelKit): PanelSpec {
  const { timeSeries } = kit;
  return timeSeries(
    {
      id: ids.retryability,
      title: "Failed requests: can a retry help?",
      description:
        "Where a retry cannot help, each one is wasted quota. Those failures need a change of code, data, token or plan.",
      queries: [
        { expr: requestRate(kit, ["retryable"], [FAILED_MATCHER]), legend: "retryable: {{retryable}}" },
      ],
      unit: "reqps",
      noValue: "No failed requests",
      overrides: colorByName({ "retryable: true": "yellow", "retryable: false": "red" }),
      columns: 12,
    },
    { stack: true },
  );
}

function failingOperations({ timeSeries, signals, jobScope }: PanelKit): PanelSpec {
  const { failingOperations } = signals;
  return timeSeries(
    {
      id: ids.failingOperations,
      title: "Failures by operation, 30 minutes",
      description:
        "The ten with most, without lookups that miss and conflicts. An operation that only fails alerts from the line on, however little it is used.",
      queries: [
        {
          expr: `topk(10, ${failingOperations.value("operation", jobScope)} > 0)`,
          legend: `{{job}} ${OPERATION_LEGEND}`,
        },
      ],
      unit: "short",
      noValue: "No failures",
      thresholds: redAbove(failingOperations.threshold?.value ?? 0),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function uncertainWrites({ timeSeries, signals, jobScope }: PanelKit): PanelSpec {
  const { writesUncertain } = signals;
  return timeSeries(
    {
      id: ids.uncertainWrites,
      title: "Writes with unknown effect",
      description:
        "POSTs that were sent and got no response, as a share over half an hour. Should be zero: each can be a duplicate or a loss.",
      queries: [
        {
          expr: writesUncertain.value("operation", jobScope),
          legend: `{{job}} ${OPERATION_LEGEND}`,
        },
      ],
      unit: "percentunit",
      noValue: "None",
      thresholds: redAbove(writesUncertain.threshold?.value ?? 0),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

/** What fails and where, in time. */
export function failurePanels(kit: PanelKit): readonly PanelSpec[] {
  return [
    operationFailures(kit),
    errorCodes(kit),
    retryability(kit),
    ...refusalPanels(kit),
    failingOperations(kit),
    uncertainWrites(kit),
  ];
}
