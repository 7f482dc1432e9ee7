import { CommandFailure } from "../errors/exit-codes.ts";
import { toPrintable } from "../probe/printable.ts";
import { USER_AGENT } from "../probe/user-agent.ts";
import type { TestAlert } from "./test-alert.ts";

function describeCause(error: unknown): string {
  if (!(error instanceof Error)) return "unknown failure";
  if (error.name === "TimeoutError") return "timeout";
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "network error";
}

/** What an error says is in its first bytes; they are counted after decompression. */
const MAX_BODY_BYTES = 4096;

/** The beginning of a body, however long it is. Never rejects. */
async function readBeginning(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    while (reader && length < MAX_BODY_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
    }
  } catch {
    // What has come until then is enough.
  }
  await reader?.cancel().catch(() => {});
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString();
}

/**
 * Sends alerts to an Alertmanager.
 *
 * @param alertmanagerUrl its address, with the prefix under which it is served, if any.
 * @throws CommandFailure when it cannot be reached, takes too long or refuses them.
 */
export async function postAlerts(
  alertmanagerUrl: URL,
  alerts: readonly TestAlert[],
  timeoutSeconds: number,
): Promise<void> {
  const { href } = alertmanagerUrl;
  const response = await fetch(`${href}${href.endsWith("/") ? "" : "/"}api/v2/alerts`, {
    method: "POST",
    headers: {
      "accept-encoding": "identity",
      "content-type": "application/json",
      "user-agent": USER_AGENT,
    },
    body: JSON.stringify(alerts),
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutSeconds * 1000),
  }).catch((error: unknown) => {
    const reason = describeCause(error);
    throw new CommandFailure(`--alertmanager: expected an Alertmanager, got no response: ${reason}`, {
      cause: error,
    });
  });
  if (response.ok) {
    await response.body?.cancel();
    return;
  }
  const reason = toPrintable(await readBeginning(response), 200);
  throw new CommandFailure(
    `--alertmanager: expected status 200 from api/v2/alerts, got ${response.status} ${reason}`,
  );
}
