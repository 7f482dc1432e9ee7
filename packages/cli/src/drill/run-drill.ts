import type { Clock } from "../probe/clock.ts";
import { postAlerts } from "./post-alerts.ts";
import type { AlertRule } from "./read-rules.ts";
import { DRILL_LABEL, toTestAlert } from "./test-alert.ts";

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
  /** Takes one line. */
  readonly print: (line: string) => void;
}

const toTime = (epochSeconds: number): string => new Date(epochSeconds * 1000).toISOString();

/**
 * Sends a test alert for each rule, waits, and resolves them. Should this process be killed, Alertmanager resolves
 * them at the same time by itself.
 *
 * @throws PostError when Alertmanager cannot be reached or refuses them.
 */
export async function runDrill(plan: DrillPlan, { clock, signal, print }: DrillContext): Promise<void> {
  const { alertmanagerUrl, rules, labels, forSeconds, timeoutSeconds } = plan;
  const startedEpochSeconds = clock.epochSeconds();
  const startsAt = toTime(startedEpochSeconds);
  const send = (endsAt: string): Promise<void> => {
    const alerts = rules.map((rule) => toTestAlert(rule, labels, { startsAt, endsAt }));
    return postAlerts(alertmanagerUrl, alerts, timeoutSeconds);
  };
  const endsAt = toTime(startedEpochSeconds + forSeconds);
  await send(endsAt);
  for (const { name, labels: own } of rules) print(own.severity ? `${name} (${own.severity})` : name);
  print(`${rules.length} sent, marked with ${DRILL_LABEL}="true"; to be resolved at ${endsAt}`);
  await clock.sleep(forSeconds, signal);
  await send(toTime(clock.epochSeconds()));
  print("resolved");
}
