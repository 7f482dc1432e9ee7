import type { Recorder } from "@intercom-telemetry/core/record";
import type { ProbeContext } from "../probe/http-get.ts";
import { nameOutcome } from "../probe/name-outcome.ts";
import { type MeFacts, probeMe } from "../probe/probe-me.ts";
import { probeStatusPage } from "../probe/status-page.ts";
import { readToken } from "../probe/token.ts";
import type { ProbeMetrics } from "./probe-metrics.ts";
import type { ClientConfig, ServeConfig } from "./serve-config.ts";

/** What the loops write to. */
export interface ProbeSinks {
  readonly metrics: ProbeMetrics;
  /** Counts the probe's own requests, and keeps the rate-limit gauges. */
  readonly recorder: Recorder;
  /** Takes one line, only when something has changed. */
  readonly log: (line: string) => void;
}

/** The context of loops: it always can be ended. */
export type LoopContext = ProbeContext & { readonly signal: AbortSignal };

/** Works at a steady pace; work that takes longer than the interval skips the beats it misses. */
async function repeat(work: () => Promise<void>, intervalSeconds: number, { clock, signal }: LoopContext) {
  const started = clock.monotonicSeconds();
  while (!signal.aborted) {
    await work();
    const elapsedSeconds = clock.monotonicSeconds() - started;
    await clock.sleep(intervalSeconds - (elapsedSeconds % intervalSeconds), signal);
  }
}

/** Makes a log that passes on a line when it differs from the one before. */
function logChanges(log: (line: string) => void): (line: string) => void {
  let last: string | undefined;
  return (line) => {
    if (line !== last) log(line);
    last = line;
  };
}

function describeProbe({ outcome, isImpostor }: MeFacts): string {
  if (isImpostor) return "failed: the response is not Intercom's";
  return outcome.error ? `failed: ${nameOutcome(outcome)}` : "ok";
}

function createClientProbe(
  client: ClientConfig,
  context: LoopContext,
  sinks: ProbeSinks,
): () => Promise<void> {
  const { name, baseUrl, tokenSource, apiVersion } = client;
  const say = logChanges((state) => sinks.log(`client ${name}: ${state}`));
  return async () => {
    const { token } = await readToken(tokenSource, context);
    if (token === undefined) {
      sinks.metrics.recordUnsent(name);
      say("failed: no usable token");
      return;
    }
    const me = await probeMe({ client: name, baseUrl, token, recorder: sinks.recorder, apiVersion }, context);
    if (context.signal.aborted) return;
    sinks.metrics.recordProbe(name, me, context.clock.epochSeconds());
    say(describeProbe(me));
  };
}

function createPlatformProbe(url: URL, context: LoopContext, sinks: ProbeSinks): () => Promise<void> {
  const say = logChanges(sinks.log);
  return async () => {
    const platform = await probeStatusPage(url, context);
    if (context.signal.aborted) return;
    sinks.metrics.recordPlatform(platform);
    say(
      platform.known
        ? `status page: ${platform.summary.overall.replaceAll("_", " ")}`
        : "status page: unknown",
    );
  };
}

/**
 * Probes every client and the status page until the context's signal aborts. The clients take turns within the
 * interval, so that they do not meet in one rate-limit window.
 */
export async function runProbeLoops(
  config: ServeConfig,
  context: LoopContext,
  sinks: ProbeSinks,
): Promise<void> {
  const { clients, intervalSeconds, statusPageUrl } = config;
  const loops = clients.map(async (client, index) => {
    const probe = createClientProbe(client, context, sinks);
    await context.clock.sleep((intervalSeconds * index) / clients.length, context.signal);
    await repeat(probe, intervalSeconds, context);
  });
  const platform = repeat(createPlatformProbe(statusPageUrl, context, sinks), intervalSeconds, context);
  await Promise.all([...loops, platform]);
}
