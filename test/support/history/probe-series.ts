import { METRICS, PLATFORM_STATUS_VALUES, PROBE_PHASES } from "@intercom-telemetry/core/contract";
import type { Series } from "@intercom-telemetry/local-prometheus";
import { listScrapes, RECENT_START_SECONDS } from "./clock.ts";
import { usageAt } from "./quota.ts";
import { gauge } from "./series.ts";
import { LIMIT_PER_WINDOW } from "./services.ts";
import { tellStory, wobble } from "./story.ts";

const PROBE_INTERVAL_SECONDS = 60;

const TARGET = { job: "intercom-probe", instance: "10.0.9.2:9465" };

/** Components of the status page, with the state that an outage brings. */
const COMPONENTS = [
  { component: "API", region: "us", during: PLATFORM_STATUS_VALUES.partial_outage },
  { component: "Messenger", region: "us", during: PLATFORM_STATUS_VALUES.degraded_performance },
  { component: "Webhooks", region: "us", during: PLATFORM_STATUS_VALUES.major_outage },
  { component: "API", region: "eu", during: PLATFORM_STATUS_VALUES.operational },
  { component: "Inbox", region: "eu", during: PLATFORM_STATUS_VALUES.operational },
] as const;

/** Seconds that each phase of a good probe ends after. */
const PHASE_SECONDS: Readonly<Record<(typeof PROBE_PHASES)[number], number>> = {
  dns: 0.004,
  connect: 0.021,
  tls: 0.048,
  first_byte: 0.164,
  total: 0.171,
};

function clientSeries(client: string, seed: number, scrapes: readonly number[]): readonly Series[] {
  const labels = { ...TARGET, client };
  const isRevoked = (time: number): boolean => client === "support" && tellStory(time).revoked > 0.5;
  const isDown = (time: number): boolean => tellStory(time).outage > 0.5 && wobble(seed, time) < 0.4;
  const isGood = (time: number): boolean => !isRevoked(time) && !isDown(time);
  let lastSuccess = 0;
  const slowdown = (time: number): number => 1 + 6 * tellStory(time).outage + 0.3 * wobble(seed + 1, time);
  return [
    gauge(METRICS.probeSuccess.name, labels, scrapes, (time) => (isGood(time) ? 1 : 0)),
    gauge(METRICS.probeTokenValid.name, labels, scrapes, (time) => (isRevoked(time) ? 0 : 1)),
    gauge(METRICS.probeClockSkew.name, labels, scrapes, (time) =>
      Number((0.3 * wobble(seed + 2, time)).toFixed(3)),
    ),
    gauge(METRICS.probeLastSuccess.name, labels, scrapes, (time) => {
      if (isGood(time)) lastSuccess = time - (time % PROBE_INTERVAL_SECONDS) - seed;
      return lastSuccess;
    }),
    ...PROBE_PHASES.map((phase) =>
      gauge(
        METRICS.probeDuration.name,
        { ...labels, phase },
        scrapes,
        (time) => PHASE_SECONDS[phase] * slowdown(time),
      ),
    ),
    gauge(METRICS.rateLimit.name, labels, scrapes, () => LIMIT_PER_WINDOW),
    gauge(METRICS.rateLimitRemaining.name, labels, scrapes, (time) =>
      Math.round(LIMIT_PER_WINDOW * (1 - usageAt(client, time) * wobble(seed + 3, time))),
    ),
    gauge(METRICS.rateLimitReset.name, labels, scrapes, (time) => time + 3),
  ];
}

/** What the probe saw from outside. */
export function probeSeries(): readonly Series[] {
  const scrapes = listScrapes(RECENT_START_SECONDS);
  const status = COMPONENTS.map(({ component, region, during }) =>
    gauge(METRICS.platformStatus.name, { ...TARGET, component, region }, scrapes, (time) =>
      tellStory(time).outage > 0.3 ? during : PLATFORM_STATUS_VALUES.operational,
    ),
  );
  const incidents = gauge(METRICS.platformIncidents.name, TARGET, scrapes, (time) =>
    tellStory(time).outage > 0.3 ? 1 : 0,
  );
  return [
    ...clientSeries("support", 11, scrapes),
    ...clientSeries("sync", 23, scrapes),
    ...status,
    incidents,
  ];
}
