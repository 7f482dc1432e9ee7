import { METRICS } from "@intercom-telemetry/core/contract";
import type { Series } from "@intercom-telemetry/local-prometheus";
import type { Sample } from "../../../examples/demo/src/metrics-text.ts";
import type { ResultSeries } from "../../dashboards/history/prometheus.ts";
import { isGauge } from "./one-process.ts";

/** A fixed time, so that every run sees the same. */
export const END_SECONDS: number = Date.UTC(2026, 0, 10) / 1000;
/** What the first screen shows. */
export const SHOWN_SECONDS = 6 * 3600;
export const START_SECONDS: number = END_SECONDS - SHOWN_SECONDS;

/** How often a process is scraped, as by default. */
export const SCRAPE_SECONDS = 15;
/** Rules read rates over five minutes, and remember for an hour who was there. */
const DENSE_SECONDS = 600;
const SPARSE_SECONDS = 3900;
const SPARSE_STEP_SECONDS = 60;
const RECORDED_STEP_SECONDS = 60;
/** Over a whole job or client the error budget reads thirty days; nothing else reads more than what is shown. */
const LONG_LEVELS: ReadonlySet<string> = new Set(["job", "client"]);
const LONG_SECONDS = 30 * 86_400;

const JOBS = 5;

/** Moments of the scrapes that rules read: every one of the last minutes, one a minute before. */
function listScrapes(): readonly number[] {
  const times: number[] = [];
  for (let time = END_SECONDS - SPARSE_SECONDS; time <= END_SECONDS; ) {
    times.push(time);
    time += time < END_SECONDS - DENSE_SECONDS ? SPARSE_STEP_SECONDS : SCRAPE_SECONDS;
  }
  return times;
}

function valueAt(sample: Sample, index: number): (time: number) => number {
  if (sample.name === METRICS.rateLimitReset.name) return (time) => time + 5;
  if (isGauge(sample)) return () => sample.value;
  // Processes have run for different times.
  const startSeconds = START_SECONDS - 60 * (index % 1000);
  return (time) => (sample.value * (time - startSeconds)) / 60;
}

/** The scrapes of a fleet: many processes like the one that was measured, in five jobs. */
export function* fleetHistory(page: readonly Sample[], processes: number): Generator<Series> {
  const times = listScrapes();
  for (const sample of page) {
    for (let index = 0; index < processes; index++) {
      const instance = `10.${Math.floor(index / 62_500)}.${Math.floor(index / 250) % 250}.${index % 250}:9464`;
      const at = valueAt(sample, index);
      yield {
        name: sample.name,
        labels: { ...sample.labels, job: `service-${index % JOBS}`, instance },
        samples: times.map((time) => [time, at(time)] as const),
      };
    }
  }
}

/** What a rule has found at the end, as if it had found the same at every minute before. */
export function* recordedHistory(record: string, found: readonly ResultSeries[]): Generator<Series> {
  const isLong = LONG_LEVELS.has(record.split(":")[0] ?? "");
  const start = END_SECONDS - (isLong ? LONG_SECONDS : SHOWN_SECONDS);
  for (const { metric, value } of found) {
    const { __name__: _, ...labels } = metric;
    const samples: (readonly [number, number])[] = [];
    for (let time = start; time <= END_SECONDS; time += RECORDED_STEP_SECONDS) {
      samples.push([time, Number(value?.[1])]);
    }
    yield { name: record, labels, samples };
  }
}
