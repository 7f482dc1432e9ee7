import type { Command } from "commander";
import type { GuardedIo } from "../command/command-io.ts";
import { GuardedCommand } from "../command/guarded-command.ts";
import type { ExitCode } from "../errors/exit-codes.ts";
import { createBacktestCommand } from "./backtest/backtest-command.ts";
import { createExplainCommand } from "./explain-command.ts";
import { createCheckCommand, createWriteCommand } from "./file-commands.ts";
import { createListCommand } from "./list-command.ts";

/** `intercom-telemetry dashboards`. */
export function createDashboardsCommand(io: GuardedIo, finish: (exitCode: ExitCode) => void): Command {
  return new GuardedCommand("dashboards")
    .description("Grafana dashboards, Prometheus rules, alerts and runbooks for Intercom clients")
    .addCommand(createWriteCommand(io, finish))
    .addCommand(createCheckCommand(io, finish))
    .addCommand(createListCommand(io, finish))
    .addCommand(createExplainCommand(io, finish))
    .addCommand(createBacktestCommand(io, finish));
}
