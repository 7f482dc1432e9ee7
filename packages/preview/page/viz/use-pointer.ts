import { useEffect, useState } from "react";
import type uPlot from "uplot";

/** A place in a plot, in CSS pixels from its upper left corner. */
export interface Pointer {
  readonly left: number;
  readonly top: number;
}

function readPointer({ cursor }: uPlot): Pointer {
  return { left: cursor.left ?? -1, top: cursor.top ?? -1 };
}

/**
 * Where the pointer is. Grafana's tooltip is drawn again when another moment is pointed at,
 * not when the pointer moves up and down.
 */
export function usePointer(plot: uPlot): Pointer {
  const [pointer, setPointer] = useState(() => readPointer(plot));
  useEffect(() => {
    const read = (): void => setPointer(readPointer(plot));
    read();
    plot.over.addEventListener("mousemove", read);
    return () => plot.over.removeEventListener("mousemove", read);
  }, [plot]);
  return pointer;
}
