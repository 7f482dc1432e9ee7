/** Prints what the meter recorder costs an attempt, beside the same instruments called by hand, in nanoseconds as JSON. */
import { findOperation, type Outcome } from "@intercom-telemetry/core";
import { METRICS } from "@intercom-telemetry/core/contract";
import { MeterRecorder } from "@intercom-telemetry/core/record";
import type { MeterProvider } from "@opentelemetry/api";
import { MetricReader, MeterProvider as SdkMeterProvider } from "@opentelemetry/sdk-metrics";
import { quantile } from "./statistics.ts";

const WARM_UP_ROUNDS = 40;
const ROUNDS = 240;
const ATTEMPTS_PER_ROUND = 2000;

class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

const operation = findOperation("GET", { path: "/contacts/5f0c" } as Parameters<typeof findOperation>[1]);
const attempt = { client: "default", operation } as Parameters<MeterRecorder["start"]>[0];
const resetEpochSeconds = Math.ceil(Date.now() / 10_000) * 10;
const outcome = {
  status: 200,
  retryCount: 0,
  durationSeconds: 0.12,
  rateLimit: { limit: 1667, remaining: 1600, resetEpochSeconds },
} as Outcome;

/** What a careful engineer would write for one attempt, knowing the template beforehand. */
function createByHand(provider: MeterProvider): () => void {
  const meter = provider.getMeter("by-hand");
  const { requests, duration, inFlight, rateLimitRemaining } = METRICS;
  const requestCounter = meter.createCounter(requests.name, { unit: requests.unit });
  const durations = meter.createHistogram(duration.name, {
    unit: duration.unit,
    advice: { explicitBucketBoundaries: [...(duration.buckets ?? [])] },
  });
  const underWay = meter.createObservableUpDownCounter(inFlight.name, { unit: inFlight.unit });
  const left = meter.createObservableGauge(rateLimitRemaining.name, { unit: rateLimitRemaining.unit });
  const [client, method, url_template] = ["default", "GET", "/contacts/{id}"];
  let started = 0;
  let remaining: number | undefined;
  underWay.addCallback((result) => result.observe(started, { client }));
  left.addCallback((result) => {
    if (remaining !== undefined) result.observe(remaining, { client });
  });
  return () => {
    started += 1;
    const { status, error, durationSeconds, rateLimit } = outcome;
    requestCounter.add(1, {
      client,
      method,
      url_template,
      status_code: String(status),
      error_code: error?.code ?? "",
      error_category: error?.category ?? "",
      retryable: error ? String(error.retryable) : "",
    });
    durations.record(durationSeconds, { client, method, url_template });
    remaining = rateLimit?.remaining;
    started -= 1;
  };
}

function createOurs(provider: MeterProvider): () => void {
  const recorder = new MeterRecorder(provider, ["default"]);
  return () => recorder.finish(outcome, recorder.start(attempt));
}

const readers = { byHand: new Reader(), ours: new Reader() };
const providers = {
  byHand: new SdkMeterProvider({ readers: [readers.byHand] }),
  ours: new SdkMeterProvider({ readers: [readers.ours] }),
};
const variants = { byHand: createByHand(providers.byHand), ours: createOurs(providers.ours) };
type Name = keyof typeof variants;

function timeRound(name: Name): number {
  const record = variants[name];
  const before = process.cpuUsage();
  for (let count = 0; count < ATTEMPTS_PER_ROUND; count += 1) record();
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / ATTEMPTS_PER_ROUND;
}

const nanoseconds: Record<Name, number[]> = { byHand: [], ours: [] };
for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
  // The order turns, so that neither always runs after the other.
  const names: Name[] = round % 2 === 0 ? ["byHand", "ours"] : ["ours", "byHand"];
  for (const name of names) {
    const time = timeRound(name);
    if (round >= WARM_UP_ROUNDS) nanoseconds[name].push(time);
  }
}
const counted = await readers.ours.collect();
const sum = counted.resourceMetrics.scopeMetrics
  .flatMap(({ metrics }) => metrics)
  .filter(({ descriptor }) => descriptor.name === METRICS.requests.name)
  .flatMap<{ value: unknown }>(({ dataPoints }) => dataPoints)
  .reduce((all, { value }) => all + Number(value), 0);
if (sum !== (WARM_UP_ROUNDS + ROUNDS) * ATTEMPTS_PER_ROUND)
  throw new Error(`expected every attempt, got ${sum}`);
// Whatever else a shared machine does only ever adds time: the lower quartile is nearer to the truth than the median.
const result = { byHand: quantile(nanoseconds.byHand, 0.25), ours: quantile(nanoseconds.ours, 0.25) };
process.stdout.write(JSON.stringify(result));
