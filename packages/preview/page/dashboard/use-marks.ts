import { useEffect, useMemo, useState } from "react";
import type { AnnotationJson } from "../model/dashboard.ts";
import type { Mark } from "../query/find-marks.ts";
import { findMarks } from "../query/find-marks.ts";
import type { QueryScope } from "../query/run-panel.ts";

/** Marks by the name of their annotation. */
type MarksByName = ReadonlyMap<string, readonly Mark[]>;

async function load(
  annotations: readonly AnnotationJson[],
  { range, replacements }: QueryScope,
  signal: AbortSignal,
): Promise<MarksByName> {
  const entries = annotations.map(async (annotation) => {
    // A failed query costs its marks only: the panels say what is wrong with Prometheus.
    const marks = await findMarks(annotation, range, replacements, signal).catch(() => []);
    return [annotation.name, marks] as const;
  });
  return new Map(await Promise.all(entries));
}

/** The marks of the annotations that are switched on. */
export function useMarks(
  annotations: readonly AnnotationJson[],
  enabled: ReadonlySet<string>,
  scope: QueryScope,
): readonly Mark[] {
  const [found, setFound] = useState<MarksByName>(new Map());
  useEffect(() => {
    const controller = new AbortController();
    load(annotations, scope, controller.signal).then((marks) => {
      if (!controller.signal.aborted) setFound(marks);
    });
    return () => controller.abort();
  }, [annotations, scope]);
  return useMemo(
    () => [...found].flatMap(([name, marks]) => (enabled.has(name) ? marks : [])),
    [found, enabled],
  );
}
