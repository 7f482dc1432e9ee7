import { rangeUtil } from "@grafana/data";
import { useCallback, useEffect, useState } from "react";

/** Counts up at an interval such as `30s` while the page is visible; the empty text means never. */
export function useRefresh(interval: string): readonly [number, () => void] {
  const [turn, setTurn] = useState(0);
  const refreshNow = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    if (interval === "") return;
    const timer = window.setInterval(() => {
      if (document.visibilityState === "visible") refreshNow();
    }, rangeUtil.intervalToMs(interval));
    return () => window.clearInterval(timer);
  }, [interval, refreshNow]);
  return [turn, refreshNow];
}
