import { METRICS } from "@intercom-telemetry/core/contract";
import type { Series } from "@intercom-telemetry/local-prometheus";
import { listScrapes, RECENT_START_SECONDS, START_SECONDS } from "./clock.ts";
import type { Outcome, OutcomeLabels } from "./outcomes.ts";
import { FAILURES, SUCCESS } from "./outcomes.ts";
import { counter } from "./series.ts";
import type { OperationShare, ServiceProcess } from "./services.ts";
import { OPERATIONS, PROCESSES } from "./services.ts";
import { dailyShare, tellStory, wobble } from "./story.ts";

/** Requests a second of a process; the campaign brings the sync to its quota. */
export function requestRate(process: ServiceProcess, timeSeconds: number): number {
  const { campaign } = tellStory(timeSeconds);
  const burst = process.client === "sync" ? 122 * campaign : 0;
  const unrest = 0.85 + 0.3 * wobble(process.requestsPerSecond, timeSeconds);
  return (process.requestsPerSecond * dailyShare(timeSeconds) + burst) * unrest;
}

function outcomeSeries(process: ServiceProcess, target: OperationShare): readonly Series[] {
  const { job, instance, client } = process;
  const scrapes = listScrapes(START_SECONDS);
  const rateAt = (time: number): number => requestRate(process, time) * target.share;
  const shareAt = ({ share }: Outcome, time: number): number => share(tellStory(time), target, process);
  const write = (labels: OutcomeLabels, shareOf: (time: number) => number): Series => {
    const where = { job, instance, client, method: target.method, url_template: target.url_template };
    const rate = (time: number): number => rateAt(time) * shareOf(time);
    return counter(METRICS.requests.name, { ...where, ...labels }, scrapes, rate);
  };
  const failed = FAILURES.map((outcome) => write(outcome.labels, (time) => shareAt(outcome, time)));
  const succeeded = write(SUCCESS, (time) =>
    Math.max(
      0,
      FAILURES.reduce((left, outcome) => left - shareAt(outcome, time), 1),
    ),
  );
  return [succeeded, ...failed].filter(({ samples }) => samples.some(([, value]) => value > 0));
}

/** Nine of ten failures that a retry can heal are healed by one. */
const HEALED_SHARE = 0.9;

function retrySeries(process: ServiceProcess, target: OperationShare): readonly Series[] {
  const { job, instance, client } = process;
  const { method, url_template } = target;
  return FAILURES.filter(({ labels }) => labels.retryable === "true").map(({ labels, share }) => {
    const { error_code, error_category } = labels;
    const rate = (time: number): number =>
      requestRate(process, time) * target.share * share(tellStory(time), target, process) * HEALED_SHARE;
    const where = { job, instance, client, method, url_template, error_code, error_category };
    return counter(METRICS.retries.name, where, listScrapes(START_SECONDS), rate);
  });
}

/** Part of the requests that end within some seconds: logistic in the logarithm, so that a few are very slow. */
function shareWithin(seconds: number, medianSeconds: number): number {
  const STEEPNESS = 3.2;
  return 1 / (1 + (medianSeconds / seconds) ** STEEPNESS);
}

function durationSeries(process: ServiceProcess, target: OperationShare): readonly Series[] {
  const { job, instance, client } = process;
  const scrapes = listScrapes(RECENT_START_SECONDS);
  const labels = { job, instance, client, method: target.method, url_template: target.url_template };
  const rateAt = (time: number): number => requestRate(process, time) * target.share;
  const medianAt = (time: number): number => {
    const { outage, campaign } = tellStory(time);
    return target.medianSeconds * (1 + 7 * outage + 0.8 * campaign);
  };
  const { name, buckets = [] } = METRICS.duration;
  const limited = buckets.map((le) =>
    counter(
      `${name}_bucket`,
      { ...labels, le: `${le}` },
      scrapes,
      (time) => rateAt(time) * shareWithin(le, medianAt(time)),
    ),
  );
  const all = counter(`${name}_bucket`, { ...labels, le: "+Inf" }, scrapes, rateAt);
  const sum = counter(`${name}_sum`, labels, scrapes, (time) => rateAt(time) * medianAt(time) * 1.2);
  return [...limited, all, sum, { ...all, name: `${name}_count`, labels }];
}

/** What the processes counted about their requests. */
export function requestSeries(): readonly Series[] {
  return PROCESSES.flatMap((process) =>
    OPERATIONS.flatMap((target) => [
      ...outcomeSeries(process, target),
      ...retrySeries(process, target),
      ...durationSeries(process, target),
    ]),
  );
}
