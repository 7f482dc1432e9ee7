import { PANEL_IDS } from "../names/panel-ids.ts";
import type { PanelSpec } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.overview;

function inFlight({ promql, timeSeries, processScope }: PanelKit): PanelSpec {
  const { raw } = promql;
  return timeSeries({
    id: ids.inFlight,
    title: "Requests in flight, by process",
    description:
      "Requests that have left and not ended. It should rise and fall with traffic; a line that stays up while traffic stops is a process that hangs.",
    queries: [
      {
        expr: `sum by (job, instance) (${raw("inFlight", processScope)})`,
        legend: "{{job}} {{instance}}",
      },
    ],
    unit: "short",
    decimals: 0,
    noValue: "No process",
    columns: 12,
  });
}

function failingInstances({ signals, timeSeries, jobScope }: PanelKit): PanelSpec {
  const { failingInstances } = signals;
  return timeSeries(
    {
      id: ids.failingInstances,
      title: "Failures by instance, 30 minutes",
      description:
        "The ten with most, without lookups that miss and conflicts. One instance far above the others has an old token, an old version or a bad network; one that only fails alerts from the line on.",
      queries: [
        {
          expr: `topk(10, ${failingInstances.value("instance", jobScope)} > 0)`,
          legend: "{{job}} {{instance}}",
        },
      ],
      unit: "short",
      noValue: "No failures",
      thresholds: redAbove(failingInstances.threshold?.value ?? 0),
      columns: 12,
    },
    { thresholdLines: true },
  );
}

function stuck({ signals, stat, processScope }: PanelKit): PanelSpec {
  const { stuck } = signals;
  return stat({
    id: ids.stuck,
    title: "Processes whose requests never end",
    description:
      "Requests have been open for ten minutes and none ended. Zero is good; restart the process, then set a time limit on its requests.",
    queries: [{ expr: stuck.value("client", processScope), legend: "{{client}}" }],
    unit: "short",
    noValue: "None",
    thresholds: redAbove(stuck.threshold?.value ?? 0),
    columns: 12,
    rows: 8,
  });
}

function versions({ promql, timeSeries, processScope }: PanelKit): PanelSpec {
  const { raw } = promql;
  return timeSeries(
    {
      id: ids.versions,
      title: "Processes by version",
      description:
        "Which version of the instrumentation runs. Two at once for long is a roll-out that stopped.",
      queries: [
        {
          expr: `count by (job, version) (${raw("info", processScope)})`,
          legend: "{{job}} {{version}}",
        },
      ],
      unit: "short",
      decimals: 0,
      noValue: "No process",
      columns: 12,
    },
    { stack: true },
  );
}

/** The processes that call. */
export function processPanels(kit: PanelKit): readonly PanelSpec[] {
  return [inFlight(kit), failingInstances(kit), stuck(kit), versions(kit)];
}
