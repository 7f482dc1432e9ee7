import type { DataFrame, DataTransformerConfig, DataTransformerInfo } from "@grafana/data";
import { standardTransformers } from "@grafana/data";
import { firstValueFrom, of } from "rxjs";

/** The transformations that the preview knows, by Grafana's id. */
const TRANSFORMERS: ReadonlyMap<string, DataTransformerInfo> = new Map(
  [
    standardTransformers.organizeFieldsTransformer,
    standardTransformers.sortByTransformer,
    standardTransformers.mergeTransformer,
    standardTransformers.labelsToFieldsTransformer,
  ].map((transformer) => [transformer.id, transformer as DataTransformerInfo]),
);

/**
 * Runs a panel's transformations.
 *
 * @throws Error naming a transformation that the preview does not know.
 */
export async function transformFrames(
  frames: readonly DataFrame[],
  transformations: readonly DataTransformerConfig[],
): Promise<readonly DataFrame[]> {
  let current = [...frames];
  for (const { id, options, disabled } of transformations) {
    if (disabled) continue;
    const transformer = TRANSFORMERS.get(id);
    if (transformer === undefined) throw new Error(`The preview does not know the transformation "${id}".`);
    const settings = { ...transformer.defaultOptions, ...options };
    const run = transformer.operator(settings, { interpolate: (text) => text });
    current = await firstValueFrom(of(current).pipe(run));
  }
  return current;
}
