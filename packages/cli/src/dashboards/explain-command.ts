import type { ErrorDescription } from "@intercom-telemetry/core/facts";
import { readRunbook } from "@intercom-telemetry/dashboards";
import type { Command } from "commander";
import type { GuardedIo } from "../command/command-io.ts";
import { GuardedCommand } from "../command/guarded-command.ts";
import { DEFAULT_FILE_HELP } from "../config/config-file.ts";
import { type ExitCode, UsageError } from "../errors/exit-codes.ts";
import { findSubject, type Subject, suggestSubjects } from "./find-subject.ts";
import { readConfig } from "./read-config.ts";

interface ExplainOptions {
  readonly config?: string;
  readonly json?: boolean;
}

function requireSubject(word: string): Subject {
  const subject = findSubject(word);
  if (subject) return subject;
  const near = suggestSubjects(word);
  const hint =
    near.length === 0 ? "see `intercom-telemetry dashboards list`" : `did you mean ${near.join(", ")}?`;
  throw new UsageError(`<name>: expected an alert, an error code or a status; ${hint}`);
}

function explainError(entry: ErrorDescription): string {
  const statuses = entry.statuses.length === 0 ? "none known" : entry.statuses.join(", ");
  const wait = entry.minWaitSeconds === undefined ? "" : `, wait at least ${entry.minWaitSeconds} s`;
  const lines = [
    entry.code,
    "",
    `Cause     ${entry.cause || "not documented"}`,
    `Action    ${entry.action || "not documented"}`,
    `Category  ${entry.category}`,
    `Retry     ${entry.retryable ? `can help (${entry.retryMode}${wait})` : "cannot help"}`,
    `Statuses  ${statuses}`,
  ];
  return `${lines.join("\n")}\n`;
}

async function explain(
  io: GuardedIo,
  word: string,
  { config: file, json }: ExplainOptions,
): Promise<ExitCode> {
  const subject = requireSubject(word);
  const config = await readConfig(file, io);
  if (subject.kind === "errors") {
    io.writeOut(json ? `${JSON.stringify(subject)}\n` : subject.entries.map(explainError).join("\n"));
    return 0;
  }
  const runbook = readRunbook(subject.name, config);
  io.writeOut(json ? `${JSON.stringify({ ...subject, runbook })}\n` : runbook);
  return 0;
}

/** `intercom-telemetry dashboards explain`. */
export function createExplainCommand(io: GuardedIo, finish: (exitCode: ExitCode) => void): Command {
  return new GuardedCommand("explain")
    .description("show the runbook of an alert, or what an error code or a status means")
    .argument("<name>", "alert, error code or status, e.g. Unauthorized, token_revoked, 429")
    .option("--config <file>", `configuration, YAML or JSON ${DEFAULT_FILE_HELP}`)
    .option("--json", "one line of JSON")
    .action(async (word: string, options: ExplainOptions) => finish(await explain(io, word, options)));
}
