import { explainIntercomError, intercomFetch } from "@intercom-telemetry/fetch";
import { IntercomClient } from "intercom-client-7";
import { register } from "prom-client";

/** Waits for the window's reset after a 429, and retries no write that may have been done. */
export function createClient(token: string): IntercomClient {
  return new IntercomClient({
    token,
    fetch: intercomFetch({ registry: register, retry: {} }),
    maxRetries: 0, // turns off the SDK's own retries
    timeoutInSeconds: 60, // leaves time for the retries
  });
}

/** For a queue that runs failed jobs again: seconds to wait, or `undefined` when the error is not a rate limit. */
export function secondsToWait(error: unknown): number | undefined {
  const { category, waitSeconds = 60 } = explainIntercomError(error);
  return category === "rate_limit" ? waitSeconds : undefined;
}
