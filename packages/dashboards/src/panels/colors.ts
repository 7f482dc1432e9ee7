import type { FieldOverride } from "./grafana.ts";

/** Gives series a color by their name, where a color has a meaning. */
export function colorByName(colors: Readonly<Record<string, string>>): readonly FieldOverride[] {
  return Object.entries(colors).map(([name, fixedColor]) => ({
    matcher: { id: "byName", options: name },
    properties: [{ id: "color", value: { mode: "fixed", fixedColor } }],
  }));
}

/** The same for every name that matches a regular expression, written `/^Our token/`. */
export function colorByPattern(colors: Readonly<Record<string, string>>): readonly FieldOverride[] {
  return Object.entries(colors).map(([pattern, fixedColor]) => ({
    matcher: { id: "byRegexp", options: pattern },
    properties: [{ id: "color", value: { mode: "fixed", fixedColor } }],
  }));
}

/** Gives the series of one query shades of a color: the same meaning, and still different. */
export function shadesOf(refId: string, fixedColor: string): FieldOverride {
  return {
    matcher: { id: "byFrameRefID", options: refId },
    properties: [{ id: "color", value: { mode: "shades", fixedColor } }],
  };
}

/** Draws the series of one query as dashed lines: what is computed or allowed, beside what was measured. */
export function dashedLines(refId: string): FieldOverride {
  return {
    matcher: { id: "byFrameRefID", options: refId },
    properties: [
      { id: "custom.drawStyle", value: "line" },
      { id: "custom.showPoints", value: "never" },
      { id: "custom.fillOpacity", value: 0 },
      { id: "custom.lineStyle", value: { fill: "dash", dash: [8, 6] } },
    ],
  };
}
