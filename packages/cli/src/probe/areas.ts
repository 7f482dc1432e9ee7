import { type ApiResponse, type ApiTarget, askIntercom } from "./ask-intercom.ts";
import type { ProbeContext } from "./http-get.ts";

/** A part of the API that a token may or may not read, and the harmless request that tells. */
export interface Area {
  readonly name: string;
  readonly path: string;
}

/** The areas that doctor asks about. Whether a token may write cannot be learned without writing. */
export const AREAS: readonly Area[] = [
  { name: "admins", path: "/admins" },
  { name: "contacts", path: "/contacts?per_page=1" },
  { name: "companies", path: "/companies?per_page=1" },
  { name: "conversations", path: "/conversations?per_page=1" },
  { name: "tags", path: "/tags" },
  { name: "articles", path: "/articles?per_page=1" },
  { name: "ticket_types", path: "/ticket_types" },
];

/** How Intercom responded for one area. */
export interface AreaFacts extends ApiResponse {
  readonly area: string;
}

/** Asks about every area at once: one request each, whose data are thrown away. */
export function probeAreas(target: ApiTarget, context: ProbeContext): Promise<readonly AreaFacts[]> {
  return Promise.all(
    AREAS.map(async ({ name, path }) => ({ area: name, ...(await askIntercom(target, path, context)) })),
  );
}
