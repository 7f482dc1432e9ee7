import { type JsonObject, parseJsonObject } from "@intercom-telemetry/guards/json";
import type { RequestBody } from "../wire/read-body.ts";

/** The object in a request body; `undefined` when it is something else. */
export function parseBody({ bytes }: RequestBody, contentType: string | undefined): JsonObject | undefined {
  if (bytes.length === 0) return {};
  if (contentType?.startsWith("multipart/form-data")) return {};
  const text = bytes.toString("utf8");
  if (contentType?.startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  return parseJsonObject(text);
}
