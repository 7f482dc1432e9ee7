import { PANEL_IDS } from "../names/panel-ids.ts";
import { RECORDS } from "../names/records.ts";
import { maxBy, select } from "../promql/idioms.ts";
import type { PanelSpec } from "./grafana.ts";
import type { PanelKit } from "./kit.ts";
import { redAbove } from "./threshold-steps.ts";

const ids = PANEL_IDS.rateLimit;

function reset({ promql, timeSeries, processScope }: PanelKit): PanelSpec {
  const { config, labels, raw } = promql;
  const timestamp = raw("rateLimitReset", processScope);
  return timeSeries(
    {
      id: ids.reset,
      title: "Until the window ends, at the scrape",
      description: `Up to ${config.windowSeconds} seconds, 0 when the last known window is over. More than a window means that a clock is off.`,
      queries: [
        {
          expr: maxBy(labels("client"), `clamp_min(${timestamp} - timestamp(${timestamp}), 0)`),
          legend: "{{client}}",
        },
      ],
      unit: "s",
      noValue: "Quota not known",
      columns: 8,
    },
    { draw: "points" },
  );
}

function peaks({ timeSeries, clientScope }: PanelKit): PanelSpec {
  return timeSeries(
    {
      id: ids.peaks,
      title: "Daily peak of demand",
      description:
        "The highest demand of the last 24 hours. Look at weeks of it: when it climbs toward the line, spread the work or ask Intercom for a higher limit.",
      queries: [{ expr: select(RECORDS.demandPeak, clientScope), legend: "{{client}}" }],
      unit: "percentunit",
      noValue: "Quota not known",
      thresholds: redAbove(1),
      columns: 8,
    },
    { thresholdLines: true },
  );
}

function unknownHeaders({ promql, signals, timeSeries, processScope }: PanelKit): PanelSpec {
  const { config } = promql;
  return timeSeries(
    {
      id: ids.unknownHeaders,
      title: "Responses without rate-limit headers",
      description:
        "Share of requests. Refused tokens and gateway pages lack them; when most responses do, a proxy strips them and nobody sees the limit coming.",
      queries: [{ expr: signals.shares.headersUnknown(processScope), legend: "{{client}} {{job}}" }],
      unit: "percentunit",
      noValue: "No requests",
      thresholds: redAbove(config.thresholds.rateLimitUnknownRatio),
      columns: 8,
    },
    { thresholdLines: true },
  );
}

/** When the limit will be reached, and whether it is known at all. */
export function capacityPanels(kit: PanelKit): readonly PanelSpec[] {
  return [reset(kit), peaks(kit), unknownHeaders(kit)];
}
