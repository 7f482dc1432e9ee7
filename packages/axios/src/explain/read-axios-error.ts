import type { CaughtFailure } from "@intercom-telemetry/core/record";
import { isObject } from "@intercom-telemetry/core/record";
import { endingOfError } from "../ending.ts";
import { operationOfConfig } from "../operation-of-config.ts";

/** @returns `undefined` for what is not an error of axios. */
export function readAxiosError(error: unknown): CaughtFailure | undefined {
  if (!isObject(error) || (!isObject(error.response) && error.isAxiosError !== true)) return undefined;
  const config = isObject(error.config) ? error.config : {};
  return { ending: endingOfError(error, config, () => false), operation: operationOfConfig(config) };
}
