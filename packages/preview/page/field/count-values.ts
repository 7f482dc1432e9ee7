import type { DataFrame } from "@grafana/data";

/** Tells whether there is nothing to draw. */
export function isEmpty(frames: readonly DataFrame[]): boolean {
  return frames.every(({ length }) => length === 0);
}
