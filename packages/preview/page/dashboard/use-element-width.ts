import type { RefObject } from "react";
import { useLayoutEffect, useRef, useState } from "react";

/** Width of an element in CSS pixels, 0 until it is known. */
export function useElementWidth(): readonly [RefObject<HTMLElement | null>, number] {
  const reference = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = reference.current;
    if (element === null) return;
    const measure = (): void => setWidth(Math.floor(element.getBoundingClientRect().width));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [reference, width];
}
