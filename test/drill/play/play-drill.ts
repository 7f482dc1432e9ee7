import { type LocalPrometheus, nowEpochSeconds, waitUntil } from "@intercom-telemetry/local-prometheus";
import type { Drill, Scene } from "../drill.ts";
import type { Webhook } from "../servers/webhook.ts";

/** When each thing happened, in seconds since the epoch. */
export interface TimeLine {
  readonly faultBegan: number;
  /** Prometheus keeps whole seconds, rounded down. */
  readonly pending: number;
  readonly firing: number;
  readonly delivered: number;
  readonly faultEnded: number;
  readonly resolved: number;
  readonly resolvedDelivered: number;
}

/** How a drill went. */
export interface DrillResult {
  readonly alert: string;
  readonly fault: string;
  readonly fired: boolean;
  readonly resolved: boolean;
  /** As far as it got. */
  readonly timeLine: Partial<TimeLine>;
  /** What went wrong; absent when nothing did. */
  readonly problem?: string;
}

/** Where a drill is played: its scene, and what watches it. */
export interface DrillStage {
  readonly name: string;
  readonly scene: Scene;
  readonly prometheus: LocalPrometheus;
  readonly webhook: Webhook;
}

const LONGEST_WAIT_FOR_CALM_SECONDS = 120;
const LONGEST_PAUSE_SECONDS = 120;
const DEFAULT_TIMEOUT_SECONDS = 300;

type Marks = { -readonly [Mark in keyof TimeLine]?: number };

const toMatchers = (labels: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(labels).map(([name, value]) => `${name}="${value}"`);

/** When the alert last began to be pending. Prometheus keeps this as a series. */
async function readPending(
  prometheus: LocalPrometheus,
  labels: Readonly<Record<string, string>>,
): Promise<number> {
  const matchers = toMatchers(labels);
  const was = await prometheus.query(
    `present_over_time(ALERTS{${[...matchers, 'alertstate="pending"'].join()}}[1h])`,
  );
  if (was.length === 0) throw new Error("it fired without having been pending");
  const since = await prometheus.query(`last_over_time(ALERTS_FOR_STATE{${matchers.join()}}[1h])`);
  return Number(since[0]?.value[1]);
}

const CALM = "5s";
const CALM_SCRAPES = 4;

/** Everyday life is seen, and the alert, whatever it made of a scene that was just opened, is not even pending. */
async function waitForCalm(
  prometheus: LocalPrometheus,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  const expression = `count_over_time((up{job="${name}"} == 1)[${CALM}:]) >= ${CALM_SCRAPES}
    unless on () present_over_time(ALERTS{${toMatchers(labels).join()}}[${CALM}])`;
  const isCalm = async () => ((await prometheus.query(expression)).length > 0 ? true : undefined);
  await waitUntil("the scene is scraped and calm", LONGEST_WAIT_FOR_CALM_SECONDS, isCalm);
}

/**
 * A fault lasts until its alert has arrived and fires still: on a machine that stands still for a second, which is a
 * minute here, an alert can pause.
 *
 * @returns a time at which it fired, in seconds since the epoch.
 */
async function waitForFiring(
  { query }: LocalPrometheus,
  labels: Readonly<Record<string, string>>,
): Promise<number> {
  const expression = `ALERTS{${[...toMatchers(labels), 'alertstate="firing"'].join()}}`;
  return waitUntil(`${labels.alertname} fires still`, LONGEST_PAUSE_SECONDS, async () => {
    const askedEpochSeconds = nowEpochSeconds();
    return (await query(expression)).length > 0 ? askedEpochSeconds : undefined;
  });
}

async function play(
  { alert, timeoutSeconds = DEFAULT_TIMEOUT_SECONDS }: Drill,
  { name, scene, prometheus, webhook }: DrillStage,
  marks: Marks,
): Promise<void> {
  scene.begin();
  const labels = { alertname: alert, ...scene.identity };
  await waitForCalm(prometheus, name, labels);
  const beganEpochSeconds = nowEpochSeconds();
  marks.faultBegan = beganEpochSeconds;
  const delivered = webhook.waitForFiring(labels, beganEpochSeconds, timeoutSeconds);
  const held = delivered.then(() => waitForFiring(prometheus, labels));
  const playing = scene.play(held).then(() => {
    marks.faultEnded = nowEpochSeconds();
  });
  const [fired, heldEpochSeconds] = await Promise.all([delivered, held, playing]);
  marks.firing = fired.startedEpochSeconds;
  marks.delivered = fired.receivedEpochSeconds;
  marks.pending = await readPending(prometheus, labels);
  const over = await webhook.waitForResolved(labels, heldEpochSeconds, timeoutSeconds);
  marks.resolved = over.endedEpochSeconds;
  marks.resolvedDelivered = over.receivedEpochSeconds;
}

/** Plays one drill to its end. Never rejects: what goes wrong is in the result. */
export async function playDrill(drill: Drill, stage: DrillStage): Promise<DrillResult> {
  const { alert, fault } = drill;
  const marks: Marks = {};
  const result = () => ({
    alert,
    fault,
    fired: marks.pending !== undefined,
    resolved: marks.resolvedDelivered !== undefined,
    timeLine: marks,
  });
  try {
    await play(drill, stage, marks);
    return result();
  } catch (error) {
    return { ...result(), problem: error instanceof Error ? error.message : String(error) };
  }
}
