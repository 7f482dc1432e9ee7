import { DEFAULT_CLIENT } from "@intercom-telemetry/core";
import { type Command, Option } from "commander";
import { type ApiOptionValues, resolveApiOptions } from "../command/api-options.ts";
import type { GuardedIo } from "../command/command-io.ts";
import { GuardedCommand } from "../command/guarded-command.ts";
import { API_OPTIONS, parsePort, parseSeconds } from "../command/option-values.ts";
import { type ConfigFile, DEFAULT_FILE_HELP, findConfigFile, readConfigFile } from "../config/config-file.ts";
import type { ExitCode } from "../errors/exit-codes.ts";
import { DEFAULT_INTERVAL_SECONDS, DEFAULT_METRICS } from "./defaults.ts";
import { readConfig } from "./read-config.ts";
import { runServe } from "./run-serve.ts";
import type { ServeConfig } from "./serve-config.ts";

interface ServeOptionValues extends ApiOptionValues {
  readonly config?: string;
  readonly interval?: number;
  readonly host?: string;
  readonly port?: number;
  readonly insecure?: boolean;
}

/** What the file says itself. */
const FILE_ONLY: readonly (keyof ServeOptionValues)[] = [
  "region",
  "baseUrl",
  "tokenEnv",
  "tokenFile",
  "apiVersion",
  "statusUrl",
  "timeout",
  "interval",
];

function fromOptions(values: ServeOptionValues): ServeConfig {
  const { baseUrl, tokenSource, apiVersion, statusPageUrl, timeoutSeconds } = resolveApiOptions(values);
  return {
    clients: [{ name: DEFAULT_CLIENT, baseUrl, tokenSource, apiVersion }],
    intervalSeconds: values.interval ?? DEFAULT_INTERVAL_SECONDS,
    timeoutSeconds,
    statusPageUrl,
    warnings: [],
    metrics: { ...DEFAULT_METRICS, tls: undefined, insecure: false },
  };
}

/** The file that an option names, else the one in the current folder, where it has the key and no option stands against it. */
async function chooseFile(values: ServeOptionValues, io: GuardedIo): Promise<ConfigFile | undefined> {
  if (values.config !== undefined) return readConfigFile(values.config);
  if (FILE_ONLY.some((option) => values[option] !== undefined)) return undefined;
  const file = await findConfigFile(io);
  return file?.sections.serve === undefined ? undefined : file;
}

async function toConfig(values: ServeOptionValues, io: GuardedIo): Promise<ServeConfig> {
  const file = await chooseFile(values, io);
  const config = file === undefined ? fromOptions(values) : await readConfig(file);
  const { host = config.metrics.host, port = config.metrics.port, insecure = false } = values;
  return { ...config, metrics: { ...config.metrics, host, port, insecure } };
}

async function execute(values: ServeOptionValues, io: GuardedIo): Promise<ExitCode> {
  const log = (line: string) => io.writeError(`${line}\n`);
  const config = await toConfig(values, io);
  const { clock, env, signal, learnSecret } = io;
  await runServe(config, { clock, env, signal, learnSecret, timeoutSeconds: config.timeoutSeconds }, log);
  return 0;
}

/** `intercom-telemetry serve`. */
export function createServeCommand(io: GuardedIo, finish: (exitCode: ExitCode) => void): Command {
  const command = new GuardedCommand("serve")
    .description("probe Intercom from outside at an interval, and serve the results to Prometheus")
    .addOption(
      new Option(
        "--config <file>",
        `clients and metrics, YAML or JSON, instead of options that describe a client ${DEFAULT_FILE_HELP}`,
      ).conflicts([...FILE_ONLY]),
    )
    .addOption(
      new Option(
        "--interval <seconds>",
        `time between probes (default: ${DEFAULT_INTERVAL_SECONDS})`,
      ).argParser(parseSeconds),
    )
    .option("--host <address>", `address to listen on (default: ${DEFAULT_METRICS.host})`)
    .addOption(
      new Option("--port <port>", `port to listen on (default: ${DEFAULT_METRICS.port})`).argParser(
        parsePort,
      ),
    )
    .option("--insecure", "serve beyond this machine without TLS and credentials")
    .action(async (values: ServeOptionValues) => finish(await execute(values, io)));
  for (const option of API_OPTIONS) command.addOption(option);
  return command;
}
