type JsonObject = Readonly<Record<string, unknown>>;

/** Routes whose 429 is about export jobs, not about the window. Source: Intercom's OpenAPI descriptions. */
const JOB_ROUTES: ReadonlySet<string> = new Set(["/export/content/data", "/export/reporting_data/enqueue"]);

const PENDING_JOBS = /\bpending\b.{0,40}\bjobs?\b/;

/**
 * Whether a `rate_limit_exceeded` asks to wait for a job rather than for the window: two export routes allow only
 * so many jobs at a time and answer 429 with quota left.
 */
export function isJobLimit(template: string, body: JsonObject | undefined): boolean {
  const errors = body?.errors;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const message = typeof first === "object" && first !== null ? (first as JsonObject).message : undefined;
  if (typeof message !== "string") return JOB_ROUTES.has(template);
  const start = message.slice(0, 256);
  if (start.includes("10_seconds")) return false;
  return JOB_ROUTES.has(template) || PENDING_JOBS.test(start);
}
