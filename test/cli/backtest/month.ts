import { METRICS } from "@intercom-telemetry/core/contract";
import type { Series } from "@intercom-telemetry/local-prometheus";
import {
  type ProcessShape,
  processHistory,
  type TrafficShape,
} from "../../dashboards/history/fleet-history.ts";

/** A stretch in which every request of a process fails in one way. */
export interface Incident {
  readonly startDay: number;
  readonly minutes: number;
  readonly failure: Pick<TrafficShape, "status" | "code" | "retryable">;
}

const DAY_SECONDS = 86_400;
const MINUTE_SECONDS = 60;

/** End of the month, in seconds since the epoch. */
export const MONTH_END_SECONDS: number = Date.UTC(2026, 2, 31) / 1000;
/** Days of the month. */
export const MONTH_DAYS = 30;
/** The first scrape: a day before, so that the windows of the first hours are filled. */
const MONTH_START_SECONDS = MONTH_END_SECONDS - (MONTH_DAYS + 1) * DAY_SECONDS;

/** Rules for what is scraped once a minute. */
export const MONTH_CONFIG = { scrapeIntervalSeconds: 60, evaluationIntervalSeconds: 60 };

const SUCCESS: TrafficShape = { method: "GET", template: "/contacts/{id}", status: "200", perMinute: 60 };

/** When an incident begins, in seconds since the epoch. */
export function startOf({ startDay }: Incident): number {
  return MONTH_END_SECONDS - (MONTH_DAYS - startDay) * DAY_SECONDS;
}

/** Seconds of an incident that are over at a moment. */
function elapsed(incident: Incident, epochSeconds: number): number {
  const seconds = epochSeconds - startOf(incident);
  return Math.max(0, Math.min(seconds, incident.minutes * MINUTE_SECONDS));
}

/**
 * A month of one process that sends one request a second. Its counters grow evenly, so that a failure's counter is
 * one whose clock runs during the incident only, and the success's is one whose clock stands still then.
 */
export function monthOf(incidents: readonly Incident[]): readonly Series[] {
  const process: ProcessShape = {
    job: "api",
    instance: "a:80",
    client: "crm",
    limit: 1667,
    startEpochSeconds: MONTH_START_SECONDS,
    traffic: [SUCCESS, ...incidents.map(({ failure }) => ({ ...SUCCESS, ...failure }))],
  };
  const moments: number[] = [];
  for (let time = MONTH_START_SECONDS; time <= MONTH_END_SECONDS; time += MINUTE_SECONDS) moments.push(time);
  const history = processHistory(process);
  const windows = history.find(({ metric }) => metric === `${METRICS.windowUsage.name}_count`);
  return history.map(({ metric, labels, valueAt: given }) => {
    // The quota is far away: every window is in the lowest bucket.
    const isWindow = metric === `${METRICS.windowUsage.name}_bucket`;
    const valueAt = isWindow && windows ? windows.valueAt : given;
    const incident = incidents.find(({ failure }) => failure.code === labels.error_code);
    const clock = (time: number): number => {
      if (incident) return elapsed(incident, time);
      const lost = labels.status_code === "200" ? incidents.map((each) => elapsed(each, time)) : [];
      return lost.reduce((left, seconds) => left - seconds, time - MONTH_START_SECONDS);
    };
    const samples = moments.flatMap((time) => {
      const value = valueAt(clock(time));
      return value === undefined ? [] : [[time, value] as const];
    });
    return { name: metric, labels, samples };
  });
}
