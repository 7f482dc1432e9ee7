import { buildRules } from "@intercom-telemetry/dashboards";
import { parseDurationSeconds } from "@intercom-telemetry/guards/duration";
import { type Command, Option } from "commander";
import type { GuardedIo } from "../../command/command-io.ts";
import { GuardedCommand } from "../../command/guarded-command.ts";
import { parseSeconds, parseUrl, refuse } from "../../command/option-values.ts";
import { readAuthorization } from "../../command/read-authorization.ts";
import { DEFAULT_FILE_HELP } from "../../config/config-file.ts";
import type { ExitCode } from "../../errors/exit-codes.ts";
import { readConfig } from "../read-config.ts";
import { connectStore } from "./query-store.ts";
import { renderBacktest } from "./render-backtest.ts";
import { type BacktestReport, runBacktest } from "./run-backtest.ts";

interface BacktestOptions {
  readonly store: URL;
  readonly days: number;
  readonly until?: number;
  readonly step?: number;
  readonly authorization?: string;
  readonly timeout: number;
  readonly config?: string;
  readonly json?: boolean;
}

const DEFAULT_DAYS = 30;
const MOST_DAYS = 400;
const DEFAULT_TIMEOUT_SECONDS = 60;
/** Evaluations of one alert, unless a step is asked for: a month at one a minute. */
const MOST_EVALUATIONS = 50_000;
const DAY_SECONDS = 86_400;
const MINUTE_SECONDS = 60;

function parseDays(given: string): number {
  const days = Number(given);
  return days > 0 && days <= MOST_DAYS ? days : refuse(`a number of days above 0, up to ${MOST_DAYS}`);
}

function parseTime(given: string): number {
  const milliseconds = Date.parse(given);
  return Number.isNaN(milliseconds) ? refuse("a time such as 2026-03-01T00:00:00Z") : milliseconds / 1000;
}

const parseStep = (given: string): number => parseDurationSeconds(given) ?? refuse("a duration such as 30s");

/** The rules' own interval, or whole minutes where that would be too many evaluations. */
function chooseStep(days: number, evaluationIntervalSeconds: number): number {
  const coarse = Math.ceil((days * DAY_SECONDS) / MOST_EVALUATIONS);
  if (coarse <= evaluationIntervalSeconds) return evaluationIntervalSeconds;
  return Math.ceil(coarse / MINUTE_SECONDS) * MINUTE_SECONDS;
}

async function backtest(io: GuardedIo, options: BacktestOptions): Promise<BacktestReport> {
  const { groups } = buildRules(await readConfig(options.config, io));
  const intervalSeconds = parseDurationSeconds(groups[0]?.interval ?? "") ?? MINUTE_SECONDS;
  const stepSeconds = options.step ?? chooseStep(options.days, intervalSeconds);
  const until = options.until ?? io.clock.epochSeconds();
  // Evaluations fall on whole steps, so that two runs ask for the same moments.
  const endSeconds = Math.floor(until / stepSeconds) * stepSeconds;
  const report = await runBacktest({
    groups,
    queryRange: connectStore({
      url: options.store.href,
      authorization: await readAuthorization(options.authorization, io),
      timeoutSeconds: options.timeout,
    }),
    startSeconds: endSeconds - Math.floor((options.days * DAY_SECONDS) / stepSeconds) * stepSeconds,
    endSeconds,
    stepSeconds,
    onAlert: ({ alert }, done, all) => io.writeError(`${done}/${all} ${alert}\n`),
  });
  io.writeOut(options.json ? `${JSON.stringify(report)}\n` : renderBacktest(report, intervalSeconds));
  return report;
}

async function execute(io: GuardedIo, options: BacktestOptions): Promise<ExitCode> {
  const { alerts } = await backtest(io, options);
  return alerts.some(({ problem }) => problem !== undefined) ? 1 : 0;
}

/** `intercom-telemetry dashboards backtest`. */
export function createBacktestCommand(io: GuardedIo, finish: (exitCode: ExitCode) => void): Command {
  return new GuardedCommand("backtest")
    .description("show which alerts would have fired on the history of your metrics store")
    .addOption(
      new Option("--store <url>", "Prometheus, VictoriaMetrics or another store with the same API")
        .argParser(parseUrl)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--days <number>", "how far back to look").argParser(parseDays).default(DEFAULT_DAYS),
    )
    .addOption(new Option("--until <time>", "end of the period (default: now)").argParser(parseTime))
    .addOption(
      new Option(
        "--step <duration>",
        "time between evaluations (default: the interval of the rules, or coarser)",
      ).argParser(parseStep),
    )
    .option("--authorization <file>", "file with the value of the Authorization header")
    .addOption(
      new Option("--timeout <seconds>", "longest time for one query")
        .argParser(parseSeconds)
        .default(DEFAULT_TIMEOUT_SECONDS),
    )
    .option("--config <file>", `configuration, YAML or JSON ${DEFAULT_FILE_HELP}`)
    .option("--json", "one line of JSON")
    .action(async (options: BacktestOptions) => finish(await execute(io, options)));
}
