import { explainIntercomError } from "@intercom-telemetry/fetch";

const STATUS_PAGE = "https://status.intercom.com/api/v2/summary.json";

/** What the status page says; "unknown" when it cannot be read, which does not mean that Intercom is down. */
export async function readPlatformStatus(): Promise<string> {
  try {
    // fetch follows the page's redirect.
    const response = await fetch(STATUS_PAGE, { signal: AbortSignal.timeout(5000) });
    const { status } = (await response.json()) as { status?: { description?: string } };
    return status?.description ?? "unknown";
  } catch {
    return "unknown";
  }
}

/** A line for your log and for Intercom's support: it has the request id. */
export async function describeServerError(error: unknown): Promise<string> {
  return `${explainIntercomError(error).line} Intercom's status: ${await readPlatformStatus()}.`;
}
