import type { GrafanaTheme2 } from "@grafana/data";
import { colorManipulator } from "@grafana/data";
import type uPlot from "uplot";
import type { Exemplar } from "../query/exemplars.ts";
import type { Mark } from "../query/find-marks.ts";

/** Weak, for alerts come in groups and lie over each other. */
const FILL_ALPHA = 0.035;
const LINE_ALPHA = 0.4;

const DOT_RADIUS_PIXELS = 2.5;

function clipToPlot({ ctx, bbox }: uPlot): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
}

function drawMark(plot: uPlot, mark: Mark, theme: GrafanaTheme2): void {
  const { ctx, bbox } = plot;
  const ratio = window.devicePixelRatio;
  const left = plot.valToPos(mark.fromMilliseconds, "x", true);
  const right = plot.valToPos(mark.toMilliseconds, "x", true);
  const color = theme.visualization.getColorByName(mark.color);
  ctx.fillStyle = colorManipulator.alpha(color, FILL_ALPHA);
  ctx.fillRect(left, bbox.top, right - left, bbox.height);
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

/** Draws stretches of time over a plot. */
export function drawMarks(plot: uPlot, marks: readonly Mark[], theme: GrafanaTheme2): void {
  clipToPlot(plot);
  for (const mark of marks) drawMark(plot, mark, theme);
  plot.ctx.restore();
}

/** Draws single requests as dots; `scaleKey` names the axis of their values. */
export function drawExemplars(plot: uPlot, exemplars: readonly Exemplar[], scaleKey: string): void {
  const { ctx } = plot;
  clipToPlot(plot);
  ctx.fillStyle = "rgba(255, 0, 255, 0.7)";
  for (const { timeMilliseconds, value } of exemplars) {
    const x = plot.valToPos(timeMilliseconds, "x", true);
    const y = plot.valToPos(value, scaleKey, true);
    ctx.beginPath();
    ctx.arc(x, y, DOT_RADIUS_PIXELS * window.devicePixelRatio, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}
