import { startSimulator } from "@intercom-telemetry/simulator";
import { type Command, Option } from "commander";
import type { GuardedIo } from "../command/command-io.ts";
import { GuardedCommand } from "../command/guarded-command.ts";
import { parsePort, refuse } from "../command/option-values.ts";
import { readDocument } from "../config/document.ts";
import { CommandFailure, type ExitCode, UsageError } from "../errors/exit-codes.ts";

interface SimulateOptions {
  readonly port: number;
  readonly token: string;
  readonly limit: number;
  readonly windowSeconds: number;
  readonly seed: number;
  readonly script?: string;
  readonly json?: boolean;
}

function parseNumber(given: string): number {
  const value = Number(given);
  return given.trim() !== "" && Number.isFinite(value) ? value : refuse("a number");
}

async function start({ port, token, limit, windowSeconds, seed, script: file }: SimulateOptions) {
  const script = file === undefined ? undefined : (await readDocument(file, "--script")).value;
  try {
    return await startSimulator({
      port,
      apps: [{ name: "demo", token, limitPerWindow: limit }],
      windowSeconds,
      seed,
      // Checked by the simulator, which names the position of what is wrong.
      ...(script === undefined ? {} : { script: script as never }),
    });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message, { cause: error });
    const { code = "an unknown error" } = error as NodeJS.ErrnoException;
    throw new CommandFailure(`the simulator cannot listen: ${code}`, { cause: error });
  }
}

async function simulate(io: GuardedIo, options: SimulateOptions): Promise<ExitCode> {
  const simulator = await start(options);
  const { url } = simulator;
  const addresses = {
    url,
    ledgerUrl: `${url}/__simulator/ledger`,
    storageUrl: simulator.storage.url,
    statusUrl: `${url}/__status/api/v2/summary.json`,
  };
  const lines = [
    `Intercom simulator on ${url}`,
    `Ledger: ${addresses.ledgerUrl}`,
    `Other host: ${addresses.storageUrl}`,
    `Status page: ${addresses.statusUrl}`,
  ];
  io.writeOut(`${options.json ? JSON.stringify(addresses) : lines.join("\n")}\n`);
  if (!io.signal.aborted)
    await new Promise((resolve) => io.signal.addEventListener("abort", resolve, { once: true }));
  await simulator.close();
  return 0;
}

/** `intercom-telemetry simulate`. */
export function createSimulateCommand(io: GuardedIo, finish: (exitCode: ExitCode) => void): Command {
  return new GuardedCommand("simulate")
    .description(
      "run Intercom's API on loopback, with real rate-limit windows, faults on demand and a ledger",
    )
    .addOption(
      new Option("--port <port>", "port to listen on, 0 for any free one").argParser(parsePort).default(0),
    )
    .option("--token <token>", "access token to accept", "demo-token")
    .addOption(
      new Option("--limit <requests>", "requests allowed in one window").argParser(parseNumber).default(1667),
    )
    .addOption(
      new Option("--window-seconds <seconds>", "length of a window").argParser(parseNumber).default(10),
    )
    .addOption(
      new Option("--seed <number>", "seed of ids and probabilities").argParser(parseNumber).default(1),
    )
    .option("--script <file>", "file with the faults, YAML or JSON")
    .option("--json", "its addresses as one line of JSON")
    .action(async (options: SimulateOptions) => finish(await simulate(io, options)));
}
