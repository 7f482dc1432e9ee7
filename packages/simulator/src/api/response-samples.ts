import type { DocumentedOperation } from "@intercom-telemetry/core/facts";
import { isJsonObject, type JsonObject } from "@intercom-telemetry/guards/json";
import { RESPONSE_SAMPLES } from "./generated/response-samples.ts";

/** Where a sample is looked for: in the version that was asked for, then in those that the SDKs are made for. */
function versionsFor(version: string | undefined): string[] {
  const asked = version === "Preview" ? "Unstable" : (version ?? "2.14");
  return [asked, "2.14", "Unstable", "2.11"];
}

/** What the official SDKs expect of an operation; `undefined` for one that they do not call. */
export function sampleOf({ method, template }: DocumentedOperation, version: string | undefined): unknown {
  const key = `${method} ${template}`;
  for (const each of versionsFor(version)) {
    const sample = RESPONSE_SAMPLES[each]?.[key];
    if (sample !== undefined) return sample;
  }
  return undefined;
}

/** A record that the simulator remembers has what is in it and nothing more. */
function withoutItems(sample: unknown): unknown {
  if (Array.isArray(sample)) return [];
  if (!isJsonObject(sample)) return sample;
  return Object.fromEntries(Object.entries(sample).map(([key, value]) => [key, withoutItems(value)]));
}

/** Some operations return one record or a list of them. */
const isList = ({ type }: JsonObject): boolean => typeof type === "string" && type.endsWith("list");

/** The value with the fields that it lacks and the SDKs expect, its own untouched. */
export function completeBySample(value: unknown, sample: unknown): unknown {
  if (Array.isArray(value) && Array.isArray(sample)) {
    return value.map((item) => completeBySample(item, sample[0]));
  }
  if (!isJsonObject(value) || !isJsonObject(sample)) return value;
  if (isList(value) !== isList(sample)) return value;
  const completed: Record<string, unknown> = { ...value };
  for (const key of Object.keys(sample)) {
    completed[key] = key in value ? completeBySample(value[key], sample[key]) : withoutItems(sample[key]);
  }
  return completed;
}

/** A sample as the response to one request: with its ids, its time, and what its body said. */
export function fillSample(
  sample: JsonObject,
  { id, body, nowSeconds }: { id: string | undefined; body: JsonObject; nowSeconds: number },
): JsonObject {
  const filled: Record<string, unknown> = { ...sample };
  for (const [key, value] of Object.entries(sample)) {
    if (key === "deleted") filled[key] = true;
    else if (/^(created|updated)_at$/.test(key) && typeof value === "number") filled[key] = nowSeconds;
    else if (key === "id" && id !== undefined)
      filled[key] = typeof value === "number" ? Number(id) || value : id;
    else if (
      key !== "type" &&
      typeof body[key] === typeof value &&
      !isJsonObject(value) &&
      !Array.isArray(value)
    ) {
      filled[key] = body[key];
    }
  }
  return filled;
}
