#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { GuardedCommand } from "@intercom-telemetry/guards/commands";
import { InvalidArgumentError } from "commander";
import { startSimulator } from "./simulator.ts";

interface Flags {
  readonly port: number;
  readonly token: string;
  readonly limit: number;
  readonly windowSeconds: number;
  readonly seed: number;
  readonly script?: unknown;
}

function readNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("Expected a number.");
  return value;
}

function readScript(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new InvalidArgumentError("Expected a file with JSON.");
  }
}

async function run({ port, token, limit, windowSeconds, seed, script }: Flags): Promise<void> {
  const simulator = await startSimulator({
    port,
    apps: [{ name: "demo", token, limitPerWindow: limit }],
    windowSeconds,
    seed,
    // Checked by the simulator, which names the position of what is wrong.
    ...(script === undefined ? {} : { script: script as never }),
  });
  console.log(`Intercom simulator on ${simulator.url}`);
  console.log(`Ledger: ${simulator.url}/__simulator/ledger`);
  console.log(`Other host: ${simulator.storage.url}`);
  console.log(`Status page: ${simulator.url}/__status/api/v2/summary.json`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void simulator.close());
}

const command = new GuardedCommand("intercom-simulator")
  .description("Intercom's API on loopback, with real rate-limit windows, faults on demand and a ledger.")
  .option("--port <number>", "port to listen on, 0 for any free one", readNumber, 0)
  .option("--token <token>", "the access token that is accepted", "demo-token")
  .option("--limit <requests>", "requests allowed in one window", readNumber, 1667)
  .option("--window-seconds <seconds>", "length of a window", readNumber, 10)
  .option("--seed <number>", "decides ids and probabilities", readNumber, 1)
  .option("--script <file>", "JSON file with the faults", readScript)
  .action(run);

try {
  await command.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
