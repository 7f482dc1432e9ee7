import type { GrafanaTheme2 } from "@grafana/data";
import { colorManipulator } from "@grafana/data";
import type uPlot from "uplot";
import type { Mark } from "../query/find-marks.ts";
import { joinStretches, type Stretch } from "./join-stretches.ts";

/** Weak: what is marked has to be seen through it. */
const FILL_ALPHA = 0.06;
const LINE_ALPHA = 0.4;

function clipToPlot({ ctx, bbox }: uPlot): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
}

function fillStretch(plot: uPlot, { fromMilliseconds, toMilliseconds }: Stretch, color: string): void {
  const { ctx, bbox } = plot;
  const left = plot.valToPos(fromMilliseconds, "x", true);
  ctx.fillStyle = colorManipulator.alpha(color, FILL_ALPHA);
  ctx.fillRect(left, bbox.top, plot.valToPos(toMilliseconds, "x", true) - left, bbox.height);
}

function drawMark(plot: uPlot, mark: Mark, color: string): void {
  const { ctx, bbox } = plot;
  const ratio = window.devicePixelRatio;
  const left = plot.valToPos(mark.fromMilliseconds, "x", true);
  const right = plot.valToPos(mark.toMilliseconds, "x", true);
  ctx.strokeStyle = colorManipulator.alpha(color, LINE_ALPHA);
  ctx.lineWidth = ratio;
  ctx.setLineDash([3 * ratio, 3 * ratio]);
  ctx.beginPath();
  for (const x of new Set([left, right])) {
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
  }
  ctx.stroke();
  ctx.fillStyle = color;
  ctx.fillRect(left, bbox.top + bbox.height - 3 * ratio, Math.max(right - left, 3 * ratio), 3 * ratio);
}

/** Draws stretches of time over a plot. Alerts come in groups: each color is laid over a moment once. */
export function drawMarks(plot: uPlot, marks: readonly Mark[], theme: GrafanaTheme2): void {
  clipToPlot(plot);
  for (const name of new Set(marks.map(({ color }) => color))) {
    const color = theme.visualization.getColorByName(name);
    const own = marks.filter((mark) => mark.color === name);
    for (const stretch of joinStretches(own)) fillStretch(plot, stretch, color);
    for (const mark of own) drawMark(plot, mark, color);
  }
  plot.ctx.restore();
}
