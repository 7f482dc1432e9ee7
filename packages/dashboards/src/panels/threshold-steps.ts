import type { ThresholdStep } from "./grafana.ts";

/** Green, and red from the alert's threshold on. */
export function redAbove(value: number): readonly ThresholdStep[] {
  return [
    { color: "green", value: null },
    { color: "red", value },
  ];
}

/** Green, orange from the warning's threshold on, red from the critical one's on. */
export function orangeThenRed(warning: number, critical: number): readonly ThresholdStep[] {
  return [
    { color: "green", value: null },
    { color: "orange", value: warning },
    { color: "red", value: critical },
  ];
}

/** Red, and green from a value on. */
export function redBelow(value: number): readonly ThresholdStep[] {
  return [
    { color: "red", value: null },
    { color: "green", value },
  ];
}
