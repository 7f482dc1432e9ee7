import { PrometheusRecorder, type Recorder } from "@intercom-telemetry/core/record";
import { type MetricsServer, type ServeMetricsOptions, serveMetrics } from "@intercom-telemetry/exporter";
import { describeScrapeError, findExposure } from "@intercom-telemetry/exporter/settings";
import { CommandFailure, UsageError } from "../errors/exit-codes.ts";
import { describeTokenProblem, describeTokenSource, readToken } from "../probe/token.ts";
import { type LoopContext, runProbeLoops } from "./probe-loop.ts";
import { ProbeMetrics } from "./probe-metrics.ts";
import type { MetricsConfig, ServeConfig } from "./serve-config.ts";

function requireSafety(metrics: MetricsConfig): void {
  const given = findExposure(metrics);
  if (given === undefined) return;
  throw new UsageError([
    `metrics.host: an address that other machines can reach needs tls and one of basic and bearer, got ${given}; --insecure serves anyway`,
  ]);
}

/** A service that starts without its tokens would only look as if it worked. */
async function requireTokens({ clients }: ServeConfig, context: LoopContext): Promise<void> {
  const problems = clients.map(async ({ name, tokenSource }) => {
    const { problem } = await readToken(tokenSource, context);
    if (problem === undefined) return undefined;
    const source = describeTokenSource(tokenSource, problem);
    return `client ${name}: expected a token in ${source}, got none: ${describeTokenProblem(problem)}`;
  });
  const found = (await Promise.all(problems)).filter((problem) => problem !== undefined);
  if (found.length > 0) throw new UsageError(found);
}

function describeBudget({ clients, intervalSeconds }: ServeConfig): string {
  const perMinute = Math.round((clients.length * 600) / intervalSeconds) / 10;
  const names = clients.map(({ name }) => name).join(", ");
  return `probing ${names} every ${intervalSeconds} s: ${perMinute} requests a minute in all`;
}

async function listen(options: ServeMetricsOptions): Promise<MetricsServer> {
  try {
    return await serveMetrics(options);
  } catch (error) {
    throw new CommandFailure(error instanceof Error ? error.message : "unknown failure", { cause: error });
  }
}

/**
 * Probes and serves what it learns, until the context's signal aborts.
 *
 * @param log takes one line.
 * @throws UsageError before anything is started; CommandFailure when the port cannot be listened on.
 */
export async function runServe(
  config: ServeConfig,
  context: LoopContext,
  log: (line: string) => void,
): Promise<void> {
  requireSafety(config.metrics);
  await requireTokens(config, context);
  const library = await import("prom-client");
  const registry = new library.Registry();
  const onError = (error: unknown) => log(`scrape failed: ${describeScrapeError(error)}`);
  const server = await listen({ registry, onError, ...config.metrics });
  for (const warning of config.warnings) log(`warning: ${warning}`);
  log(`metrics at ${server.url}`);
  log(describeBudget(config));
  const names = config.clients.map(({ name }) => name);
  const recorder = new PrometheusRecorder(registry, names) as Recorder;
  try {
    await runProbeLoops(config, context, {
      metrics: new ProbeMetrics(library.Gauge, registry),
      recorder,
      log,
    });
  } finally {
    await server.close();
  }
}
