import { InvalidArgumentError } from "commander";
import type { Target } from "../targets/render-files.ts";
import { TARGETS } from "../targets/render-files.ts";

const isTarget = (name: string): name is Target => (TARGETS as readonly string[]).includes(name);

/** Reads `grafana,prometheus`. */
export function parseTargets(text: string): readonly Target[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !isTarget(name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`expected some of ${TARGETS.join(",")}, got ${JSON.stringify(unknown)}`);
  }
  return names.filter(isTarget);
}
