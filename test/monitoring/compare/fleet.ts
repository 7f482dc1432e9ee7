import { buildRules, type RecordingRule } from "@intercom-telemetry/dashboards";
import type { Series } from "@intercom-telemetry/local-prometheus";
import {
  END_EPOCH_SECONDS,
  SAMPLE_FLEET,
  START_EPOCH_SECONDS,
} from "../../dashboards/history/sample-fleet.ts";
import type { Moments } from "../../support/history/query-history.ts";
import { listRecordingRules, orderRules } from "../../support/history/rule-order.ts";

/**
 * Scrapes, evaluations and queries fall at different moments, as they do in life: each target and each rule group
 * has an offset that follows from its name. On one common grid the windows of versions 2 and 3 would differ by one
 * sample, because version 3 leaves out the one at the left edge.
 */
const SCRAPE_OFFSET_SECONDS = 7;
const SCRAPE_INTERVAL_SECONDS = 15;

/** When recording rules are evaluated. */
export const RULE_MOMENTS: Moments = {
  startSeconds: START_EPOCH_SECONDS + 11,
  endSeconds: END_EPOCH_SECONDS,
  stepSeconds: 30,
};

/** Until then windows are filled, and the first scrape, which each system counts in its own way, loses weight. */
const FILLED_SECONDS = 9000;

/** When the queries are put. */
export const QUESTION_MOMENTS: Moments = {
  startSeconds: START_EPOCH_SECONDS + FILLED_SECONDS + 23,
  endSeconds: END_EPOCH_SECONDS,
  stepSeconds: 120,
};

/** The sample fleet as a Prometheus would have scraped it. */
export function scrapedFleet(): readonly Series[] {
  const moments: number[] = [];
  for (let time = START_EPOCH_SECONDS + SCRAPE_OFFSET_SECONDS; time <= END_EPOCH_SECONDS; ) {
    moments.push(time);
    time += SCRAPE_INTERVAL_SECONDS;
  }
  return SAMPLE_FLEET.map(({ metric, labels, valueAt }) => ({
    name: metric,
    labels,
    samples: moments.flatMap((time) => {
      const value = valueAt(time - START_EPOCH_SECONDS);
      return value === undefined ? [] : [[time, value] as const];
    }),
  }));
}

/** Moments at which a series ends or a counter begins again at 0. */
export function listTurns(): readonly number[] {
  const isCounter = new Set(SAMPLE_FLEET.filter(({ type }) => type !== "gauge").map(({ metric }) => metric));
  const turns = scrapedFleet().flatMap(({ name, samples }) => {
    const [last] = samples.at(-1) ?? [];
    const ended = last !== undefined && last < END_EPOCH_SECONDS - SCRAPE_INTERVAL_SECONDS ? [last] : [];
    const restarts = samples.filter(([, value], index) => value < (samples[index - 1]?.[1] ?? 0));
    return [...ended, ...(isCounter.has(name) ? restarts.map(([time]) => time) : [])];
  });
  return [...new Set(turns)];
}

/** The recording rules in rounds, each of which reads only what earlier ones recorded. */
export function listRounds(): readonly (readonly RecordingRule[])[] {
  return orderRules(listRecordingRules(buildRules().groups));
}
