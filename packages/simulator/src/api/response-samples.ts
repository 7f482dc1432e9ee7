import type { DocumentedOperation } from "@intercom-telemetry/core/facts";
import { RESPONSE_SAMPLES } from "./generated/response-samples.ts";

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

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
  if (!isObject(sample)) return sample;
  return Object.fromEntries(Object.entries(sample).map(([key, value]) => [key, withoutItems(value)]));
}

/** Some operations return one record or a list of them. */
const isList = ({ type }: Fields): boolean => typeof type === "string" && type.endsWith("list");

/** The value with the fields that it lacks and the SDKs expect, its own untouched. */
export function completeBySample(value: unknown, sample: unknown): unknown {
  if (Array.isArray(value) && Array.isArray(sample)) {
    return value.map((item) => completeBySample(item, sample[0]));
  }
  if (!isObject(value) || !isObject(sample)) return value;
  if (isList(value) !== isList(sample)) return value;
  const completed: Record<string, unknown> = { ...value };
  for (const key of Object.keys(sample)) {
    completed[key] = key in value ? completeBySample(value[key], sample[key]) : withoutItems(sample[key]);
  }
  return completed;
}

/** A sample as the response to one request: with its ids, its time, and what its body said. */
export function fillSample(
  sample: Fields,
  { id, body, nowSeconds }: { id: string | undefined; body: Fields; nowSeconds: number },
): Fields {
  const filled: Record<string, unknown> = { ...sample };
  for (const [key, value] of Object.entries(sample)) {
    if (key === "deleted") filled[key] = true;
    else if (/^(created|updated)_at$/.test(key) && typeof value === "number") filled[key] = nowSeconds;
    else if (key === "id" && id !== undefined)
      filled[key] = typeof value === "number" ? Number(id) || value : id;
    else if (
      key !== "type" &&
      typeof body[key] === typeof value &&
      !isObject(value) &&
      !Array.isArray(value)
    ) {
      filled[key] = body[key];
    }
  }
  return filled;
}
