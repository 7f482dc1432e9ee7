import type { DataFrame, FieldConfigSource, GrafanaTheme2, Threshold } from "@grafana/data";
import { applyFieldOverrides } from "@grafana/data";
import type { PanelJson } from "../model/dashboard.ts";
import { registerProperties } from "./field-registry.ts";

const NO_CONFIG: FieldConfigSource = { defaults: {}, overrides: [] };

/** Grafana reads the lowest step's `null`, which JSON has instead of minus infinity, the same way. */
function openLowestStep(step: Threshold): Threshold {
  return { ...step, value: step.value ?? Number.NEGATIVE_INFINITY };
}

/** A panel's field settings as Grafana holds them after loading. */
export function loadFieldConfig({ fieldConfig = NO_CONFIG }: PanelJson): FieldConfigSource {
  const { defaults, overrides } = fieldConfig;
  if (defaults.thresholds === undefined) return { defaults, overrides };
  const steps = defaults.thresholds.steps.map(openLowestStep);
  return { defaults: { ...defaults, thresholds: { ...defaults.thresholds, steps } }, overrides };
}

/** Gives each field its unit, color, thresholds and mappings. */
export function prepareFrames(
  panel: PanelJson,
  frames: readonly DataFrame[],
  theme: GrafanaTheme2,
): readonly DataFrame[] {
  const fieldConfig = loadFieldConfig(panel);
  return applyFieldOverrides({
    data: [...frames],
    fieldConfig,
    fieldConfigRegistry: registerProperties(fieldConfig),
    replaceVariables: (text) => text,
    theme,
    timeZone: "browser",
  });
}
