import { explainIntercomError } from "@intercom-telemetry/fetch";
import { IntercomClient } from "intercom-client-7";
import { readPlatformStatus } from "./platform-status.ts";

/** One request to Intercom, and one to its status page. */
export async function diagnose(token: string): Promise<string[]> {
  const client = new IntercomClient({ token, maxRetries: 0, timeoutInSeconds: 10 });
  const status = `Intercom's status: ${await readPlatformStatus()}`;
  const fail = (failure: unknown) => [`Failed: ${explainIntercomError(failure).line}`, status];
  try {
    const { data, rawResponse } = await client.admins.identify().withRawResponse();
    if (data?.type !== "admin") return fail(data);
    const header = (name: string) => rawResponse.headers.get(`x-ratelimit-${name}`) ?? "unknown";
    return ["Token: valid", `Rate limit: ${header("remaining")} of ${header("limit")} left`, status];
  } catch (error) {
    return fail(error);
  }
}
