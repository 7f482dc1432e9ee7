import { type LocalPrometheus, readTarget, startScript } from "@intercom-telemetry/local-prometheus";
import type { Scene } from "../drill.ts";
import { DRILLS } from "../drills/all-drills.ts";
import type { Delivery } from "../servers/webhook.ts";
import type { ClockName } from "../time/clocks.ts";

/** Job and client of the scene. */
export const QUIET = "quiet";

/** How the quiet drill went. */
export interface QuietResult {
  readonly quiet: boolean;
  /** Alerts that fired although nothing was wrong. */
  readonly noise: readonly string[];
  /** Requests by status, as one Prometheus counted them; those that are retries under `retries`. */
  readonly traffic: Readonly<Record<string, number>>;
}

const LONGEST_START_SECONDS = 90;

/** Starts the quiet service in a separate process, where what the drills do to their services does not slow it. */
export async function startQuietService(): Promise<Pick<Scene, "target" | "close">> {
  const service = startScript("test/drill/scenes/quiet-service.ts", [QUIET]);
  return { target: await readTarget(service, LONGEST_START_SECONDS), close: () => service.stop() };
}

const FIRED = `count by (alertname) (
  present_over_time(ALERTS{alertstate="firing",client="${QUIET}"}[1h])
  or present_over_time(ALERTS{alertstate="firing",job="${QUIET}"}[1h])
)`;
const BY_STATUS = `sum by (status_code) (intercom_client_requests_total{job="${QUIET}"})`;
const RETRIES = `sum(intercom_client_retries_total{job="${QUIET}"})`;

/** What has to have happened for the silence to mean something. */
const EVERYDAY = ["200", "404", "409", "422", "503", "429", "retries"];

async function readTraffic({ query }: LocalPrometheus): Promise<Record<string, number>> {
  const byStatus = (await query(BY_STATUS)).map(({ metric, value }) => [
    metric.status_code || "no response",
    Number(value[1]),
  ]);
  const retries = (await query(RETRIES)).map(({ value }) => ["retries", Number(value[1])]);
  return Object.fromEntries([...byStatus, ...retries]);
}

const DAYS_ALERTS: readonly string[] = DRILLS.filter(({ clock }) => clock === "days").map(
  ({ alert }) => alert,
);

/**
 * On the clock of days ten minutes pass in 1.5 seconds, so a machine that is busy for so long makes a service look
 * dead. Each alert is therefore judged on the clock that its drill runs on.
 */
function isNoise({ alertname = "", clock }: Readonly<Record<string, string>>): boolean {
  return clock === "minutes" || DAYS_ALERTS.includes(alertname);
}

/** Asks every Prometheus and the webhook whether all was quiet, and whether there was anything to be quiet about. */
export async function judgeQuiet(
  prometheis: ReadonlyMap<ClockName, LocalPrometheus>,
  deliveries: readonly Delivery[],
): Promise<QuietResult> {
  const asked = [...prometheis].map(async ([clock, { query }]) =>
    (await query(FIRED)).map(({ metric }) => ({ ...metric, clock })),
  );
  const fired = (await Promise.all(asked)).flat();
  const delivered = deliveries
    .map(({ labels }) => labels)
    .filter(({ client, job }) => client === QUIET || job === QUIET);
  const all: readonly Readonly<Record<string, string>>[] = [...fired, ...delivered];
  const noise = [...new Set(all.filter(isNoise).map(({ alertname = "?" }) => alertname))];
  const minutes = prometheis.get("minutes");
  const traffic: Readonly<Record<string, number>> = minutes ? await readTraffic(minutes) : {};
  const lived = EVERYDAY.every((kind) => (traffic[kind] ?? 0) > 0);
  return { quiet: lived && noise.length === 0, noise, traffic };
}
