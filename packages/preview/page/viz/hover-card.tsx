import { dateTimeFormat } from "@grafana/data";
import { VizTooltipContent, VizTooltipHeader, VizTooltipWrapper } from "@grafana/ui";
import type { ReactElement } from "react";
import type { Mark } from "../query/find-marks.ts";

/** `TooltipHoverMode.xAll`, a tooltip wherever there is data: the enum itself is not exported. */
export const HOVER_EVERYWHERE = 1;

/** A row of a tooltip. */
export interface HoverRow {
  readonly label: string;
  readonly value: string;
  readonly color?: string;
  readonly isActive?: boolean;
}

/** Half the width of a mark that lasts no time, as a share of what is shown. */
const MARK_TOLERANCE_RATIO = 0.004;

/** Rows for the marks at a moment. */
export function markRows(
  marks: readonly Mark[],
  timeMilliseconds: number,
  shownMilliseconds: number,
  colorOf: (name: string) => string,
): readonly HoverRow[] {
  const tolerance = shownMilliseconds * MARK_TOLERANCE_RATIO;
  return marks
    .filter(
      ({ fromMilliseconds, toMilliseconds }) =>
        timeMilliseconds >= fromMilliseconds - tolerance && timeMilliseconds <= toMilliseconds + tolerance,
    )
    .map(({ title, text, color }) => ({ label: title, value: text, color: colorOf(color) }));
}

/** What is shown beside the pointer. */
export function HoverCard(props: {
  readonly timeMilliseconds: number;
  readonly rows: readonly HoverRow[];
}): ReactElement {
  const time = dateTimeFormat(props.timeMilliseconds, { timeZone: "browser" });
  return (
    <VizTooltipWrapper>
      <VizTooltipHeader item={{ label: "", value: time }} />
      <VizTooltipContent items={[...props.rows]} />
    </VizTooltipWrapper>
  );
}
