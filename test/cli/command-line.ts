import { fileURLToPath } from "node:url";
import { type Clock, systemClock } from "../../packages/cli/src/probe/clock.ts";
import { runCommand } from "../../packages/cli/src/run-command.ts";

/** How a command ended and what it wrote. */
export interface CommandResult {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export interface CommandSettings {
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly folder?: string;
  readonly signal?: AbortSignal;
  readonly isTerminal?: boolean;
  readonly input?: string;
  readonly onOut?: (text: string) => void;
  readonly onError?: (text: string) => void;
}

/** Runs the command line in this process, without this process's environment. */
export async function runCli(
  args: readonly string[],
  settings: CommandSettings = {},
): Promise<CommandResult> {
  let out = "";
  let err = "";
  const exitCode = await runCommand(args, {
    env: settings.env ?? {},
    clock: settings.clock ?? systemClock,
    // A folder without a configuration, wherever the tests are started.
    folder: settings.folder ?? fileURLToPath(new URL(".", import.meta.url)),
    signal: settings.signal ?? new AbortController().signal,
    isTerminal: settings.isTerminal ?? false,
    readInput: async () => settings.input ?? "",
    writeOut: (text) => {
      out += text;
      settings.onOut?.(text);
    },
    writeError: (text) => {
      err += text;
      settings.onError?.(text);
    },
  });
  return { exitCode, out, err };
}
