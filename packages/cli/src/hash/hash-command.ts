import { hashSecret } from "@intercom-telemetry/exporter";
import type { Command } from "commander";
import type { GuardedIo } from "../command/command-io.ts";
import { GuardedCommand } from "../command/guarded-command.ts";
import type { ExitCode } from "../errors/exit-codes.ts";

async function execute(io: GuardedIo, { json }: { readonly json?: boolean }): Promise<ExitCode> {
  const secret = (await io.readInput()).replace(/\r?\n$/, "");
  if (secret === "") {
    io.writeError("hash: expected the secret on standard input, got nothing\n");
    return 2;
  }
  if (secret.includes("\0")) {
    io.writeError("hash: expected a secret without NUL characters\n");
    return 2;
  }
  const hash = await hashSecret(secret);
  io.writeOut(`${json ? JSON.stringify({ hash }) : hash}\n`);
  return 0;
}

/** `intercom-telemetry hash`. */
export function createHashCommand(io: GuardedIo, finish: (exitCode: ExitCode) => void): Command {
  return new GuardedCommand("hash")
    .description("hash the password or token on standard input, for the configuration of serve")
    .option("--json", "one line of JSON")
    .action(async (options: { readonly json?: boolean }) => finish(await execute(io, options)));
}
