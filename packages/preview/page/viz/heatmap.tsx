import type { Field } from "@grafana/data";
import { colorManipulator, formattedValueToString } from "@grafana/data";
import type { ReactElement } from "react";
import { useMemo } from "react";
import type { Cell } from "./cell-canvas.ts";
import { CellPlot } from "./cell-plot.tsx";
import { nameBucket, readBuckets, valueField } from "./heatmap-buckets.ts";
import type { CumulativeBucket } from "./heatmap-cells.ts";
import { separateBuckets } from "./heatmap-cells.ts";
import type { PictureProps } from "./picture.ts";
import { readOption } from "./picture.ts";

/** Color of the fullest cell; emptier ones are more transparent. */
const COLOR = "#ff780a";

const LEGEND_HEIGHT_PIXELS = 26;

/** Room that one name on the axis needs, and that the axis of time takes from the picture. */
const LABEL_HEIGHT_PIXELS = 14;
const TIME_AXIS_HEIGHT_PIXELS = 40;

function nameEdges(buckets: readonly CumulativeBucket[], field: Field | undefined, height: number) {
  const every = Math.max(
    1,
    Math.ceil((buckets.length * LABEL_HEIGHT_PIXELS) / (height - TIME_AXIS_HEIGHT_PIXELS)),
  );
  return buckets.flatMap(({ le }, row) => {
    if (!Number.isFinite(le) || row % every !== 0) return [];
    const text = field?.display === undefined ? String(le) : formattedValueToString(field.display(le));
    return [{ at: row + 1, text }];
  });
}

function buildCells(
  buckets: readonly CumulativeBucket[],
  field: Field | undefined,
  stepMilliseconds: number,
  exponent: number,
) {
  const counts = separateBuckets(buckets);
  const most = counts.reduce((largest, { count }) => Math.max(largest, count), 0);
  const cells = counts.map(({ row, timeMilliseconds, count }): Cell => {
    const rounded = count < 10 ? count.toFixed(1) : Math.round(count).toString();
    return {
      row,
      // A window of a rate ends at its moment: the cell lies before it.
      from: timeMilliseconds - stepMilliseconds,
      to: timeMilliseconds,
      color: colorManipulator.alpha(COLOR, Math.max((count / most) ** exponent, 0.06)),
      text: `${nameBucket(buckets, row, field)}: ${rounded}`,
    };
  });
  return { cells, most };
}

/** A histogram's buckets over time. */
export function Heatmap(picture: PictureProps): ReactElement {
  const { panel, frames, width, height } = picture;
  const { exponent = 0.5 } = readOption<{ exponent: number }>(panel, "color");
  const plotHeight = height - LEGEND_HEIGHT_PIXELS;
  const shape = useMemo(() => {
    const buckets = readBuckets(frames);
    const field = frames[0] === undefined ? undefined : valueField(frames[0]);
    const stepMilliseconds = frames[0]?.fields[0]?.config.interval ?? 0;
    const built = buildCells(buckets, field, stepMilliseconds, exponent);
    return { ...built, rowCount: buckets.length, labels: nameEdges(buckets, field, plotHeight) };
  }, [frames, exponent, plotHeight]);
  return (
    <>
      <CellPlot picture={picture} {...shape} gapPixels={1} height={plotHeight} />
      <div className="heat-scale" style={{ width }}>
        <span>0</span>
        <span
          className="heat-scale-bar"
          style={{ background: `linear-gradient(to right, transparent, ${COLOR})` }}
        />
        <span>{Math.round(shape.most)} in a step</span>
      </div>
    </>
  );
}
