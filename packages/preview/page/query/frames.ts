import type { DataFrame, Field } from "@grafana/data";
import { createDataFrame, FieldType } from "@grafana/data";
import type { TargetJson } from "../model/dashboard.ts";
import { nameSeries } from "./legend.ts";
import type { InstantSeries, RangeSeries } from "./prometheus.ts";

const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000);

function seriesFrame(
  target: TargetJson,
  metric: RangeSeries["metric"],
  pairs: RangeSeries["values"],
  stepSeconds: number,
): DataFrame {
  const name = nameSeries(target.legendFormat, metric);
  const times = pairs.map(([seconds]) => toMilliseconds(seconds));
  const values = pairs.map(([, text]) => Number.parseFloat(text.replace("Inf", "Infinity")));
  return createDataFrame({
    refId: target.refId,
    name,
    fields: [
      // The interval lets the picture show a gap where Prometheus has no value.
      {
        name: "Time",
        type: FieldType.time,
        config: { interval: toMilliseconds(stepSeconds) },
        values: times,
      },
      { name: "Value", type: FieldType.number, labels: metric, config: { displayNameFromDS: name }, values },
    ],
  });
}

/** One frame for each series of a range query. */
export function rangeFrames(
  target: TargetJson,
  series: readonly RangeSeries[],
  stepSeconds: number,
): readonly DataFrame[] {
  return series.map(({ metric, values }) => seriesFrame(target, metric, values, stepSeconds));
}

/** One frame for each series of an instant query. */
export function instantFrames(target: TargetJson, series: readonly InstantSeries[]): readonly DataFrame[] {
  return series.map(({ metric, value }) => seriesFrame(target, metric, [value], 0));
}

/** One frame with a row for each series of an instant query, and a column for each label. */
export function tableFrame(target: TargetJson, series: readonly InstantSeries[]): DataFrame {
  const labels = [...new Set(series.flatMap(({ metric }) => Object.keys(metric)))].sort();
  const times = series.map(({ value }) => toMilliseconds(value[0]));
  const columns = labels.map(
    (label): Field => ({
      name: label,
      type: FieldType.string,
      config: {},
      values: series.map(({ metric }) => metric[label] ?? ""),
    }),
  );
  return createDataFrame({
    refId: target.refId,
    fields: [
      { name: "Time", type: FieldType.time, config: {}, values: times },
      ...columns,
      {
        name: "Value",
        type: FieldType.number,
        config: {},
        values: series.map(({ value }) => Number.parseFloat(value[1])),
      },
    ],
  });
}
