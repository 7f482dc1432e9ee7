import {
  createTargetReader,
  DEFAULT_API_HOSTS,
  findOperation,
  type Operation,
} from "@intercom-telemetry/core";

/** Reads a URL as a request to Intercom. */
export const readTarget: ReturnType<typeof createTargetReader> = createTargetReader(DEFAULT_API_HOSTS);

/** The description of a request to Intercom's American host. */
export function describePath(method: string, path: string): Operation {
  const target = readTarget(`https://api.intercom.io${path}`);
  if (!target) throw new Error(`expected a path, got ${path}`);
  return findOperation(method, target);
}
