import type uPlot from "uplot";
import type { Exemplar } from "../query/exemplars.ts";
import type { Pointer } from "./use-pointer.ts";

/** Color of the dots, as Grafana has it. */
export const EXEMPLAR_COLOR = "rgba(255, 0, 255, 0.7)";

const RADIUS_PIXELS = 3;

/** A dot is pointed at from this near; a finger is not finer. */
const REACH_PIXELS = 10;

/** The scale of a plot's lines. There are others: uPlot has one named y in any case. */
function findValueScale({ series }: uPlot): string | undefined {
  return series[1]?.scale;
}

/** Where a dot lies; one beyond the axis lies at its edge, for a slow request must not be missed. */
function placeDot(plot: uPlot, { timeMilliseconds, value }: Exemplar, scaleKey: string): Pointer {
  // The element itself has no size yet when the plot is drawn for the first time.
  const height = plot.bbox.height / window.devicePixelRatio;
  const top = plot.valToPos(value, scaleKey);
  return { left: plot.valToPos(timeMilliseconds, "x"), top: Math.min(Math.max(top, 0), height) };
}

/** Draws single requests as dots. */
export function drawExemplars(plot: uPlot, exemplars: readonly Exemplar[]): void {
  const scaleKey = findValueScale(plot);
  if (scaleKey === undefined) return;
  const { ctx, bbox } = plot;
  const ratio = window.devicePixelRatio;
  ctx.save();
  ctx.fillStyle = EXEMPLAR_COLOR;
  for (const exemplar of exemplars) {
    const { left, top } = placeDot(plot, exemplar, scaleKey);
    if (left < 0 || left * ratio > bbox.width) continue;
    ctx.beginPath();
    ctx.arc(bbox.left + left * ratio, bbox.top + top * ratio, RADIUS_PIXELS * ratio, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}

/** The request whose dot is nearest to the pointer, if one is near. */
export function findExemplar(
  plot: uPlot,
  exemplars: readonly Exemplar[],
  pointer: Pointer,
): Exemplar | undefined {
  const scaleKey = findValueScale(plot);
  if (scaleKey === undefined) return undefined;
  const distances = exemplars.map((exemplar) => {
    const { left, top } = placeDot(plot, exemplar, scaleKey);
    return { exemplar, pixels: Math.hypot(left - pointer.left, top - pointer.top) };
  });
  const near = distances.filter(({ pixels }) => pixels <= REACH_PIXELS);
  return near.sort((one, other) => one.pixels - other.pixels)[0]?.exemplar;
}
