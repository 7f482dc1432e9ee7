import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { buildRules } from "../build.ts";
import { readConfig } from "../cli/read-config.ts";
import { parseDurationSeconds } from "../config/duration.ts";
import { resolveConfig } from "../config/resolve-config.ts";
import { connectStore } from "./query-store.ts";
import { renderBacktest } from "./render-backtest.ts";
import { type BacktestReport, runBacktest } from "./run-backtest.ts";

/** What the command does to the world. */
export interface BacktestTerminal {
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

interface Flags {
  readonly store: string;
  readonly days: number;
  readonly until?: number;
  readonly step?: number;
  readonly authorization?: string;
  readonly timeout: number;
  readonly config?: string;
  readonly json?: boolean;
}

/** Exit code when some alert could not be evaluated. */
const INCOMPLETE = 1;
const DEFAULT_DAYS = 30;
const MOST_DAYS = 400;
const DEFAULT_TIMEOUT_SECONDS = 60;
const LONGEST_TIMEOUT_SECONDS = 3600;
/** Evaluations of one alert, unless a step is asked for: a month at one a minute. */
const MOST_EVALUATIONS = 50_000;
const DAY_SECONDS = 86_400;
const MINUTE_SECONDS = 60;

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new InvalidArgumentError("expected a URL such as http://prometheus:9090");
  }
  if (url.username !== "" || url.password !== "") {
    throw new InvalidArgumentError("expected a URL without credentials; give them with --authorization");
  }
  return text;
}

const parseNumber =
  (most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!(value > 0 && value <= most)) throw new InvalidArgumentError(`expected a number up to ${most}`);
    return value;
  };

function parseTime(text: string): number {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds))
    throw new InvalidArgumentError("expected a time such as 2026-03-01T00:00:00Z");
  return milliseconds / 1000;
}

function parseStep(text: string): number {
  const seconds = parseDurationSeconds(text);
  if (seconds === undefined) throw new InvalidArgumentError("expected a duration such as 30s");
  return seconds;
}

/** The rules' own interval, or whole minutes where that would be too many evaluations. */
function chooseStep(days: number, evaluationIntervalSeconds: number): number {
  const coarse = Math.ceil((days * DAY_SECONDS) / MOST_EVALUATIONS);
  if (coarse <= evaluationIntervalSeconds) return evaluationIntervalSeconds;
  return Math.ceil(coarse / MINUTE_SECONDS) * MINUTE_SECONDS;
}

const readAuthorization = (file: string | undefined): string | undefined =>
  file === undefined ? undefined : readFileSync(file, "utf8").trim();

async function backtest(terminal: BacktestTerminal, flags: Flags): Promise<BacktestReport> {
  const config = readConfig(flags.config);
  const { evaluationIntervalSeconds } = resolveConfig(config);
  const stepSeconds = flags.step ?? chooseStep(flags.days, evaluationIntervalSeconds);
  const until = flags.until ?? Date.now() / 1000;
  // Evaluations fall on whole steps, so that two runs ask for the same moments.
  const endSeconds = Math.floor(until / stepSeconds) * stepSeconds;
  const report = await runBacktest({
    groups: buildRules(config).groups,
    queryRange: connectStore({
      url: flags.store,
      authorization: readAuthorization(flags.authorization),
      timeoutSeconds: flags.timeout,
    }),
    startSeconds: endSeconds - Math.floor((flags.days * DAY_SECONDS) / stepSeconds) * stepSeconds,
    endSeconds,
    stepSeconds,
    onAlert: ({ alert }, done, all) => terminal.printError(`${done}/${all} ${alert}\n`),
  });
  terminal.print(
    flags.json ? `${JSON.stringify(report)}\n` : renderBacktest(report, evaluationIntervalSeconds),
  );
  return report;
}

/** Adds `backtest` to a program. `setExitCode` is called when an alert could not be evaluated. */
export function addBacktest(
  program: Command,
  terminal: BacktestTerminal,
  setExitCode: (code: number) => void,
): void {
  program
    .command("backtest")
    .description("say which alerts would have fired on the history of your store, with this configuration")
    .requiredOption("--store <url>", "Prometheus, VictoriaMetrics or another store with its API", parseUrl)
    .option("--days <number>", "how far back", parseNumber(MOST_DAYS), DEFAULT_DAYS)
    .option("--until <time>", "end of the time, default now", parseTime)
    .option("--step <duration>", "time between two evaluations, default the rules' own or coarser", parseStep)
    .option("--authorization <file>", "file with the value of the Authorization header")
    .option(
      "--timeout <seconds>",
      "longest wait for one query",
      parseNumber(LONGEST_TIMEOUT_SECONDS),
      DEFAULT_TIMEOUT_SECONDS,
    )
    .option("--config <file>", "configuration, YAML or JSON")
    .option("--json", "print the report as JSON")
    .action(async (flags: Flags) => {
      const { alerts } = await backtest(terminal, flags);
      if (alerts.some(({ problem }) => problem !== undefined)) setExitCode(INCOMPLETE);
    });
}
