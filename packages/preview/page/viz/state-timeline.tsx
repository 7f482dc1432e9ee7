import type { DataFrame, Field } from "@grafana/data";
import { FieldType, formattedValueToString, getFieldDisplayName } from "@grafana/data";
import type { LegendDisplayMode, VizLegendItem } from "@grafana/ui";
import { VizLayout, VizLegend } from "@grafana/ui";
import type { ReactElement } from "react";
import { useMemo } from "react";
import type { Cell } from "./cell-canvas.ts";
import { CellPlot } from "./cell-plot.tsx";
import type { PictureProps } from "./picture.ts";
import { joinStates } from "./state-runs.ts";

function showState(field: Field, value: unknown): { readonly text: string; readonly color: string } {
  const shown = field.display?.(value);
  if (shown === undefined) return { text: String(value), color: "#808080" };
  return { text: formattedValueToString(shown), color: shown.color ?? "#808080" };
}

function frameCells(frame: DataFrame, name: string, row: number): readonly Cell[] {
  const [time, field] = [frame.fields[0], frame.fields.find(({ type }) => type === FieldType.number)];
  if (time === undefined || field === undefined) return [];
  const runs = joinStates<number>(time.values, field.values, time.config.interval ?? 0);
  return runs.map(({ fromMilliseconds, toMilliseconds, state }) => {
    const { text, color } = showState(field, state);
    return { row, from: fromMilliseconds, to: toMilliseconds, color, text: `${name}: ${text}` };
  });
}

function legendItems(frames: readonly DataFrame[]): VizLegendItem[] {
  const states = new Map<string, string>();
  for (const field of frames.flatMap(({ fields }) => fields.slice(1))) {
    for (const value of new Set(field.values)) {
      const { text, color } = showState(field, value);
      states.set(text, color);
    }
  }
  return [...states].map(([label, color]) => ({ label, color, yAxis: 1 }));
}

/** One band for each series, colored by state. */
export function StateTimeline(picture: PictureProps): ReactElement {
  const { frames, width, height } = picture;
  const shape = useMemo(() => {
    const named = frames.map((frame) => {
      const field = frame.fields[1];
      return { frame, name: field === undefined ? "" : getFieldDisplayName(field, frame, [...frames]) };
    });
    // The first series is the topmost row.
    const cells = named.flatMap(({ frame, name }, index) =>
      frameCells(frame, name, frames.length - 1 - index),
    );
    const labels = named
      .map(({ name }, index) => ({ at: frames.length - 0.5 - index, text: name }))
      .reverse();
    return { cells, labels, rowCount: frames.length };
  }, [frames]);
  const items = useMemo(() => legendItems(frames), [frames]);
  const legend = (
    <VizLayout.Legend placement="bottom">
      <VizLegend items={items} placement="bottom" displayMode={"list" as LegendDisplayMode} readonly />
    </VizLayout.Legend>
  );
  return (
    <VizLayout width={width} height={height} legend={legend}>
      {(_, plotHeight) => <CellPlot picture={picture} {...shape} gapPixels={4} height={plotHeight} />}
    </VizLayout>
  );
}
