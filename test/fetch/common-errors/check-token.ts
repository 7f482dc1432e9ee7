import { explainIntercomError } from "@intercom-telemetry/fetch";
import type { IntercomClient } from "intercom-client-7";

/** "unknown" when the failure says nothing about the token. A token of another region is "invalid" in this one. */
export async function checkToken(client: IntercomClient): Promise<"valid" | "invalid" | "unknown"> {
  try {
    const admin = await client.admins.identify();
    return admin?.type === "admin" ? "valid" : "unknown";
  } catch (error) {
    const { category, line } = explainIntercomError(error);
    console.error(line);
    return category === "auth" ? "invalid" : "unknown";
  }
}
