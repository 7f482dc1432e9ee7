import type { Classification } from "@intercom-telemetry/core";
import { classify, UNKNOWN_OPERATION } from "@intercom-telemetry/core";
import { isObject } from "@intercom-telemetry/core/record";
import type { RequestConfig } from "./axios-types.ts";
import { endingOfError, isParsingError } from "./ending.ts";
import { operationOfConfig } from "./operation-of-config.ts";

/**
 * Classifies an error of axios that no recorder has seen. Never throws.
 *
 * @returns `undefined` for what is not a failed request of axios.
 */
export function classifySettled(error: unknown): Classification | undefined {
  try {
    if (!isObject(error) || !isObject(error.config) || isParsingError(error)) return undefined;
    const config = error.config as RequestConfig;
    return classify(
      endingOfError(error, config, () => false),
      operationOfConfig(config) ?? UNKNOWN_OPERATION,
    );
  } catch {
    return undefined;
  }
}
