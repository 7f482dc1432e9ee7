import type { RequestTarget } from "@intercom-telemetry/core";
import { findOperation } from "@intercom-telemetry/core";
import { handOvers } from "@intercom-telemetry/core/record";

/** Whether the global fetch is called for an attempt above, which has handed its request over and waits for it. */
export function takeExpected(method: string, target: RequestTarget): boolean {
  const { expected } = handOvers;
  if (expected.size === 0) return false;
  const { method: sent } = findOperation(method, target);
  for (const each of expected) {
    const { hostname, port, basePath, path } = each.target;
    const isSame =
      each.operation.method === sent &&
      path === target.path &&
      hostname === target.hostname &&
      port === target.port &&
      basePath === target.basePath;
    if (isSame) return expected.delete(each);
  }
  return false;
}
