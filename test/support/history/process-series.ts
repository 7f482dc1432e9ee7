import { METRICS } from "@intercom-telemetry/core/contract";
import type { Series } from "@intercom-telemetry/local-prometheus";
import { listScrapes, RECENT_START_SECONDS, START_SECONDS } from "./clock.ts";
import { usageAt, WINDOW_SECONDS } from "./quota.ts";
import { requestRate } from "./request-series.ts";
import { counter, gauge } from "./series.ts";
import type { ServiceProcess } from "./services.ts";
import { LIMIT_PER_WINDOW, PROCESSES } from "./services.ts";
import { DEPLOY_SECONDS, tellStory, wobble } from "./story.ts";

/** Prometheus shows a series this long after its end: text that is backfilled cannot mark the end. */
const LOOK_BACK_SECONDS = 300;

function usageSeries({ client, ...target }: ServiceProcess, scrapes: readonly number[]): readonly Series[] {
  const { name, buckets = [] } = METRICS.windowUsage;
  const labels = { job: target.job, instance: target.instance, client };
  const windowsPerSecond = 1 / WINDOW_SECONDS;
  // Windows between two scrapes lie around the one that is known: a spread, not a step.
  const shareBelow = (edge: number, time: number): number =>
    Math.max(0, Math.min(1, (edge - usageAt(client, time)) / 0.16 + 0.5));
  const limited = buckets.map((le) =>
    counter(
      `${name}_bucket`,
      { ...labels, le: `${le}` },
      scrapes,
      (time) => windowsPerSecond * shareBelow(le, time),
    ),
  );
  const all = counter(`${name}_bucket`, { ...labels, le: "+Inf" }, scrapes, () => windowsPerSecond);
  return [...limited, all, { ...all, name: `${name}_count`, labels }];
}

function gauges(
  { job, instance, client, ...process }: ServiceProcess,
  scrapes: readonly number[],
): readonly Series[] {
  const labels = { job, instance, client };
  const whole = { job, instance, client, ...process };
  const version = (name: string, from: number, to: number): Series =>
    gauge(
      METRICS.info.name,
      { ...labels, version: name },
      scrapes.filter((time) => time >= from && time < to),
      () => 1,
    );
  const redeployed = client === "support";
  return [
    gauge(METRICS.inFlight.name, labels, scrapes, (time) =>
      Math.round(requestRate(whole, time) * (0.2 + 1.2 * tellStory(time).outage)),
    ),
    // The daily peaks of demand need it on every day.
    gauge(METRICS.rateLimit.name, labels, listScrapes(START_SECONDS), () => LIMIT_PER_WINDOW),
    gauge(METRICS.rateLimitRemaining.name, labels, scrapes, (time) =>
      Math.round(
        LIMIT_PER_WINDOW * (1 - usageAt(client, time) * wobble(process.requestsPerSecond, time + 7)),
      ),
    ),
    gauge(
      METRICS.rateLimitReset.name,
      labels,
      scrapes,
      (time) => time + Math.round(9 * wobble(process.requestsPerSecond, time)) + 0.5,
    ),
    counter(METRICS.rateLimitUnknown.name, labels, scrapes, () => 0),
    version("0.1.0", 0, redeployed ? DEPLOY_SECONDS - LOOK_BACK_SECONDS : Number.POSITIVE_INFINITY),
    ...(redeployed ? [version("0.2.0", DEPLOY_SECONDS, Number.POSITIVE_INFINITY)] : []),
    counter(METRICS.failures.name, { job, instance, stage: "on_outcome" }, scrapes, () => 0.0004),
  ];
}

/** What the processes know about themselves and their quota. */
export function processSeries(): readonly Series[] {
  const scrapes = listScrapes(RECENT_START_SECONDS);
  return PROCESSES.flatMap((process) => [...usageSeries(process, scrapes), ...gauges(process, scrapes)]);
}
