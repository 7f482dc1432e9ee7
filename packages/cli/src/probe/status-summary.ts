import { PLATFORM_STATUS_VALUES } from "@intercom-telemetry/core/contract";
import type { IntercomRegion } from "@intercom-telemetry/core/facts";
import { isJsonObject, type JsonObject } from "@intercom-telemetry/guards/json";
import { toPrintable } from "./printable.ts";

/** A status of the contract's scale. */
export type PlatformStatus = keyof typeof PLATFORM_STATUS_VALUES;

/** One part of Intercom on its status page. */
export interface PlatformComponent {
  /** As the page names it, made printable. */
  readonly name: string;
  readonly status: PlatformStatus;
  /** Where the page says that a component belongs to one region. */
  readonly region?: IntercomRegion;
}

/** An incident that the page lists as not over. */
export interface PlatformIncident {
  readonly name: string;
  readonly impact: "none" | "minor" | "major" | "critical" | "unknown";
}

/** What the status page says. */
export interface PlatformSummary {
  /** The page's own overall status, on the scale of the components. */
  readonly overall: PlatformStatus;
  readonly components: readonly PlatformComponent[];
  readonly incidents: readonly PlatformIncident[];
}

/** Far more than any page has; a bound on the series that a page can make. */
const MAX_ENTRIES = 100;

/** Overall indicators. Source: Atlassian's description of the Statuspage API, version 2. */
const BY_INDICATOR: Readonly<Record<string, PlatformStatus>> = {
  none: "operational",
  maintenance: "under_maintenance",
  minor: "degraded_performance",
  major: "partial_outage",
  critical: "major_outage",
};

/** incident.io's own word for what Statuspage calls a major outage. */
const SYNONYMS: Readonly<Record<string, PlatformStatus>> = { full_outage: "major_outage" };

/** Capitals only: "Contact us" names no region. */
const REGION_WORDS: readonly (readonly [RegExp, IntercomRegion])[] = [
  [/\b(EU|Europe|European)\b/, "eu"],
  [/\b(AU|Australia|Australian)\b/, "au"],
  [/\b(US|USA|United States)\b/, "us"],
];

const listOf = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject).slice(0, MAX_ENTRIES) : [];
const textOf = (value: unknown): string => (typeof value === "string" ? toPrintable(value) : "");

function toStatus(value: unknown): PlatformStatus {
  if (typeof value !== "string") return "unknown";
  if (Object.hasOwn(PLATFORM_STATUS_VALUES, value)) return value as PlatformStatus;
  return Object.hasOwn(SYNONYMS, value) ? (SYNONYMS[value] ?? "unknown") : "unknown";
}

function regionIn(...names: readonly string[]): IntercomRegion | undefined {
  return REGION_WORDS.find(([word]) => names.some((name) => word.test(name)))?.[1];
}

function readComponents(summary: JsonObject): readonly PlatformComponent[] {
  const entries = listOf(summary.components);
  const groups = new Map(entries.filter((entry) => entry.group === true).map((entry) => [entry.id, entry]));
  const components = entries.filter((entry) => entry.group !== true && textOf(entry.name) !== "");
  return components.map((entry) => {
    const name = textOf(entry.name);
    const region = regionIn(textOf(groups.get(entry.group_id)?.name), name);
    return { name, status: toStatus(entry.status), ...(region && { region }) };
  });
}

function readIncidents(summary: JsonObject): readonly PlatformIncident[] {
  const impacts = ["none", "minor", "major", "critical"] as const;
  const open = listOf(summary.incidents).filter(
    ({ status }) => status !== "resolved" && status !== "postmortem",
  );
  return open.map((entry) => ({
    name: textOf(entry.name) || "an incident without a name",
    impact: impacts.find((impact) => impact === entry.impact) ?? "unknown",
  }));
}

/**
 * Reads the JSON of `/api/v2/summary.json`, the Statuspage form that incident.io serves as well.
 *
 * @returns `undefined` when it is anything else.
 */
export function readStatusSummary(json: unknown): PlatformSummary | undefined {
  if (!isJsonObject(json) || !isJsonObject(json.status) || typeof json.status.indicator !== "string")
    return undefined;
  const { indicator } = json.status;
  const overall = Object.hasOwn(BY_INDICATOR, indicator) ? (BY_INDICATOR[indicator] ?? "unknown") : "unknown";
  return { overall, components: readComponents(json), incidents: readIncidents(json) };
}
