import { type AlertSummary, type DashboardSummary, listContents } from "@intercom-telemetry/dashboards";
import type { Command } from "commander";
import type { GuardedIo } from "../command/command-io.ts";
import { GuardedCommand } from "../command/guarded-command.ts";
import { DEFAULT_FILE_HELP } from "../config/config-file.ts";
import type { ExitCode } from "../errors/exit-codes.ts";
import { readConfig } from "./read-config.ts";

function renderDashboard({ title, uid, panels }: DashboardSummary): string {
  const lines = panels.flatMap(({ id, title: panelTitle, row }, index) => {
    const isFirstOfRow = row !== undefined && row !== panels[index - 1]?.row;
    return [...(isFirstOfRow ? [`  [${row}]`] : []), `    ${id}  ${panelTitle}`];
  });
  return [`${title} (${uid})`, ...lines].join("\n");
}

function renderAlerts(alerts: readonly AlertSummary[]): string {
  const width = Math.max(...alerts.map(({ name }) => name.length));
  const lines = alerts.map(({ name, severity, threshold, for: duration, enabled }) => {
    const off = enabled ? "" : "  (off)";
    return `${name.padEnd(width)}  ${severity.padEnd(8)}  ${threshold} for ${duration}${off}`;
  });
  return lines.join("\n");
}

interface ListOptions {
  readonly config?: string;
  readonly json?: boolean;
}

async function list(io: GuardedIo, { config, json }: ListOptions): Promise<ExitCode> {
  const contents = listContents(await readConfig(config, io));
  const { dashboards, alerts } = contents;
  const text = [...dashboards.map(renderDashboard), renderAlerts(alerts)].join("\n\n");
  io.writeOut(`${json ? JSON.stringify(contents) : text}\n`);
  return 0;
}

/** `intercom-telemetry dashboards list`. */
export function createListCommand(io: GuardedIo, finish: (exitCode: ExitCode) => void): Command {
  return new GuardedCommand("list")
    .description("list dashboards with their panels, and alerts with severity and threshold")
    .option("--config <file>", `configuration, YAML or JSON ${DEFAULT_FILE_HELP}`)
    .option("--json", "one line of JSON")
    .action(async (options: ListOptions) => finish(await list(io, options)));
}
