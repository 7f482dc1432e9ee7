/** A Lambda: the process is frozen once the handler has returned, maybe for ever, so the handler flushes. */
import { intercomFetch } from "@intercom-telemetry/fetch";
import { startTelemetry } from "./telemetry.ts";

const { INTERCOM_URL = "https://api.intercom.io", INTERCOM_ACCESS_TOKEN } = process.env;

startTelemetry();
// Outside the handler: a warm process keeps its counters.
const fetch = intercomFetch({ client: "webhook", hosts: [INTERCOM_URL] });

/** Looks up who wrote. */
export async function handler(event: {
  readonly contactId: string;
}): Promise<{ readonly statusCode: number }> {
  try {
    const response = await fetch(`${INTERCOM_URL}/contacts/${event.contactId}`, {
      headers: { Authorization: `Bearer ${INTERCOM_ACCESS_TOKEN}` },
      signal: AbortSignal.timeout(10_000),
    });
    // The body of a failure is not read here, and its error code is still recorded.
    if (!response.ok) return { statusCode: response.status };
    await response.json();
    return { statusCode: 200 };
  } finally {
    // Less than what is left of the function's own time limit.
    await fetch.flush({ timeoutSeconds: 2 });
  }
}
