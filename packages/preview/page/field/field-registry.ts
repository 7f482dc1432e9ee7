import type { FieldConfigPropertyItem, FieldConfigSource } from "@grafana/data";
import { FieldConfigOptionsRegistry, FieldConfigProperty } from "@grafana/data";

/** Grafana's editors are not part of the preview. */
const noEditor = (): null => null;

function describeProperty(id: string): FieldConfigPropertyItem {
  const isCustom = id.startsWith("custom.");
  return {
    id,
    path: isCustom ? id.slice("custom.".length) : id,
    name: id,
    isCustom,
    editor: noEditor,
    override: noEditor,
    process: (value) => value,
    shouldApply: () => true,
  };
}

/** Tells Grafana's field overrides which properties a panel uses. In Grafana each panel plugin does this. */
export function registerProperties({ defaults, overrides }: FieldConfigSource): FieldConfigOptionsRegistry {
  const custom = Object.keys(defaults.custom ?? {}).map((key) => `custom.${key}`);
  const overridden = overrides.flatMap(({ properties }) => properties.map(({ id }) => id));
  const ids = new Set([...Object.values(FieldConfigProperty), ...custom, ...overridden]);
  return new FieldConfigOptionsRegistry(() => [...ids].map(describeProperty));
}
