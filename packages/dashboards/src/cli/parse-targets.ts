import { InvalidArgumentError } from "commander";
import type { Target } from "../targets/render-files.ts";
import { TARGETS } from "../targets/render-files.ts";

const isTarget = (name: string): name is Target => (TARGETS as readonly string[]).includes(name);

/** Reads `grafana,prometheus`. */
export function parseTargets(text: string): readonly Target[] {
  const names = text.split(",").map((name) => name.trim());
  if (!names.every(isTarget)) {
    throw new InvalidArgumentError(`Expected some of ${TARGETS.join(",")}.`);
  }
  return names;
}
