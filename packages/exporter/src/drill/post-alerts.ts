import { toPrintable } from "../probe/printable.ts";
import { USER_AGENT } from "../probe/user-agent.ts";
import type { TestAlert } from "./test-alert.ts";

/** Why alerts did not get through. */
export class PostError extends Error {
  override readonly name = "PostError";
  /** Whether an Alertmanager, or something in its place, answered at all. */
  readonly answered: boolean;

  constructor(message: string, answered: boolean) {
    super(message);
    this.answered = answered;
  }
}

function describeCause(error: unknown): string {
  if (!(error instanceof Error)) return "unknown failure";
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : error.message;
}

/**
 * Sends alerts to an Alertmanager.
 *
 * @param alertmanagerUrl its address, with the prefix under which it is served, if any.
 * @throws PostError when it cannot be reached, takes too long or refuses them.
 */
export async function postAlerts(
  alertmanagerUrl: URL,
  alerts: readonly TestAlert[],
  timeoutSeconds: number,
): Promise<void> {
  const base = alertmanagerUrl.href.replace(/\/*$/, "/");
  const response = await fetch(new URL("api/v2/alerts", base), {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": USER_AGENT },
    body: JSON.stringify(alerts),
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutSeconds * 1000),
  }).catch((error: unknown) => {
    throw new PostError(`${base}: expected an Alertmanager, got no answer: ${describeCause(error)}`, false);
  });
  const said = toPrintable(await response.text().catch(() => ""), 200);
  if (response.ok) return;
  throw new PostError(
    `${base}: expected status 200 from api/v2/alerts, got ${response.status} ${said}`,
    true,
  );
}
