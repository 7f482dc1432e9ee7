import { isJsonObject } from "@intercom-telemetry/guards/json";

/** Operations whose 429 is about export jobs, not about the window. Source: Intercom's OpenAPI descriptions. */
const JOB_TEMPLATES: ReadonlySet<string> = new Set([
  "/export/content/data",
  "/export/reporting_data/enqueue",
]);

const PENDING_JOBS = /\bpending\b.{0,40}\bjobs?\b/;

/**
 * Whether a `rate_limit_exceeded` asks to wait for a job rather than for the window. Two export operations
 * limit concurrent jobs and respond with 429 while quota is left.
 *
 * @param first the first entry of the body's `errors`.
 */
export function isJobLimit(template: string, first: unknown): boolean {
  const message = isJsonObject(first) ? first.message : undefined;
  if (typeof message !== "string") return JOB_TEMPLATES.has(template);
  const start = message.slice(0, 256);
  if (start.includes("10_seconds")) return false;
  return JOB_TEMPLATES.has(template) || PENDING_JOBS.test(start);
}
