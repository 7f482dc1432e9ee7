import { DEFAULT_TIMEOUT_SECONDS } from "@intercom-telemetry/exporter/settings";
import { type Command, Option } from "commander";
import type { GuardedIo } from "../command/command-io.ts";
import { GuardedCommand } from "../command/guarded-command.ts";
import { parseSeconds, parseUrl, refuse } from "../command/option-values.ts";
import { type ExitCode, UsageError } from "../errors/exit-codes.ts";
import { type AlertRule, readAlertRules } from "./read-rules.ts";
import { type DrillReport, runDrill } from "./run-drill.ts";
import { DRILL_LABEL } from "./test-alert.ts";

interface DrillOptionValues {
  readonly alertmanager: URL;
  readonly rules: string;
  readonly alert?: readonly string[];
  readonly label: Readonly<Record<string, string>>;
  readonly for: number;
  readonly timeout: number;
  readonly json?: boolean;
}

const DEFAULT_FOR_SECONDS = 120;

const NOTES = `
Every alert has the label drill="true" and "[DRILL]" before its summary and description.`;

function parseLabel(given: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const [, name = "", value = ""] = /^([a-zA-Z_]\w*)=(.+)$/s.exec(given) ?? [];
  if (name === "") return refuse("NAME=VALUE");
  return { ...before, [name]: value };
}

async function chooseRules({ rules: file, alert: names }: DrillOptionValues): Promise<readonly AlertRule[]> {
  const rules = await readAlertRules(file);
  if (names === undefined) return rules;
  const unknown = names.find((name) => !rules.some((rule) => rule.name === name));
  if (unknown === undefined) return rules.filter(({ name }) => names.includes(name));
  const known = [...new Set(rules.map(({ name }) => name))].join(", ");
  throw new UsageError([`--alert: expected some of ${known}, got a name that is not in the file`]);
}

function describeSent({ alerts, endsAt }: DrillReport): string {
  const lines = alerts.map(({ name, severity }) => (severity === undefined ? name : `${name} (${severity})`));
  const summary = `${alerts.length} sent, marked with ${DRILL_LABEL}="true"; to be resolved at ${endsAt}`;
  return `${[...lines, summary].join("\n")}\n`;
}

async function execute(values: DrillOptionValues, io: GuardedIo): Promise<ExitCode> {
  const { alertmanager: alertmanagerUrl, label: labels, for: forSeconds, timeout: timeoutSeconds } = values;
  const { clock, signal, learnSecret } = io;
  // Alertmanager repeats the labels that it refuses.
  for (const value of Object.values(labels)) learnSecret(value);
  const rules = await chooseRules(values);
  const plan = { alertmanagerUrl, rules, labels, forSeconds, timeoutSeconds };
  const onSent = (report: DrillReport) => {
    if (!values.json) io.writeOut(describeSent(report));
  };
  const report = await runDrill(plan, { clock, signal, onSent });
  io.writeOut(values.json ? `${JSON.stringify(report)}\n` : "resolved\n");
  return 0;
}

/** `intercom-telemetry drill`. */
export function createDrillCommand(io: GuardedIo, finish: (exitCode: ExitCode) => void): Command {
  return new GuardedCommand("drill")
    .description("send your alerts through your Alertmanager, marked as a drill, to see who receives them")
    .addOption(
      new Option("--alertmanager <url>", "address of Alertmanager").argParser(parseUrl).makeOptionMandatory(),
    )
    .requiredOption("--rules <file>", "rules file of Prometheus, or a PrometheusRule")
    .option("--alert <name...>", "only these alerts (default: all of the file)")
    .addOption(
      new Option("--label <name=value>", "label for every alert, e.g. client=billing; may be repeated")
        .argParser(parseLabel)
        .default({}, "none"),
    )
    .addOption(
      new Option("--for <seconds>", "time until they are resolved; longer than your group_wait")
        .argParser(parseSeconds)
        .default(DEFAULT_FOR_SECONDS),
    )
    .addOption(
      new Option("--timeout <seconds>", "longest time for one request")
        .argParser(parseSeconds)
        .default(DEFAULT_TIMEOUT_SECONDS),
    )
    .option("--json", "one line of JSON, once the alerts are resolved")
    .addHelpText("after", NOTES)
    .action(async (values: DrillOptionValues) => finish(await execute(values, io)));
}
