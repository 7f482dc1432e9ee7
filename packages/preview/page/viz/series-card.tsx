import type { ReactElement } from "react";
import type uPlot from "uplot";
import { describeExemplar } from "./describe-exemplar.ts";
import { EXEMPLAR_COLOR, findExemplar } from "./exemplar-dots.ts";
import type { HoverRow } from "./hover-card.tsx";
import { HoverCard, markRows } from "./hover-card.tsx";
import type { PictureProps } from "./picture.ts";
import { usePointer } from "./use-pointer.ts";

/** What is shown beside the pointer over lines: the lines' values, the request pointed at, and the marks. */
export function SeriesCard(props: {
  readonly plot: uPlot;
  readonly timeMilliseconds: number;
  /** The lines' values at that time. */
  readonly rows: readonly HoverRow[];
  readonly picture: PictureProps;
}): ReactElement {
  const { plot, timeMilliseconds, rows, picture } = props;
  const { exemplars, frames, marks, range, theme } = picture;
  const exemplar = findExemplar(plot, exemplars, usePointer(plot));
  const shownMilliseconds = range.to.valueOf() - range.from.valueOf();
  return (
    <HoverCard
      timeMilliseconds={exemplar?.timeMilliseconds ?? timeMilliseconds}
      rows={[
        ...(exemplar === undefined ? [] : describeExemplar(exemplar, frames)).map(({ name, value }) => ({
          label: name,
          value,
          color: EXEMPLAR_COLOR,
        })),
        ...rows,
        ...markRows(marks, timeMilliseconds, shownMilliseconds, theme.visualization.getColorByName),
      ]}
    />
  );
}
