import type { Clock } from "../probe/clock.ts";
import { postAlerts } from "./post-alerts.ts";
import type { AlertRule } from "./read-rules.ts";
import { toTestAlert } from "./test-alert.ts";

/** What is sent where, and for how long. */
export interface DrillPlan {
  readonly alertmanagerUrl: URL;
  readonly rules: readonly AlertRule[];
  /** Labels for every alert. */
  readonly labels: Readonly<Record<string, string>>;
  readonly forSeconds: number;
  readonly timeoutSeconds: number;
}

/** What a drill works with. */
export interface DrillContext {
  readonly clock: Clock;
  /** Ends the drill early; the alerts are still resolved. */
  readonly signal: AbortSignal;
  /** Called once the alerts are with Alertmanager. */
  readonly onSent: (report: DrillReport) => void;
}

/** What a drill did. */
export interface DrillReport {
  readonly alerts: readonly { readonly name: string; readonly severity: string | undefined }[];
  /** RFC 3339. */
  readonly startsAt: string;
  /** When they are resolved, RFC 3339. */
  readonly endsAt: string;
}

const toTime = (epochSeconds: number): string => new Date(epochSeconds * 1000).toISOString();

/**
 * Sends a test alert for each rule, waits, and resolves them. Should this process be killed, Alertmanager resolves
 * them at the same time by itself.
 *
 * @returns what was done, with the time at which they were resolved.
 * @throws CommandFailure when Alertmanager cannot be reached or refuses them.
 */
export async function runDrill(
  plan: DrillPlan,
  { clock, signal, onSent }: DrillContext,
): Promise<DrillReport> {
  const { alertmanagerUrl, rules, labels, forSeconds, timeoutSeconds } = plan;
  const startedEpochSeconds = clock.epochSeconds();
  const startsAt = toTime(startedEpochSeconds);
  const send = async (endsAt: string): Promise<DrillReport> => {
    const testAlerts = rules.map((rule) => toTestAlert(rule, labels, { startsAt, endsAt }));
    await postAlerts(alertmanagerUrl, testAlerts, timeoutSeconds);
    const alerts = rules.map(({ name, labels: { severity } }) => ({ name, severity }));
    return { alerts, startsAt, endsAt };
  };
  onSent(await send(toTime(startedEpochSeconds + forSeconds)));
  await clock.sleep(forSeconds, signal);
  return send(toTime(clock.epochSeconds()));
}
