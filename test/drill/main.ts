/** `npm run drill -- <alert> | --all [--json]`: proves each alert from the fault to the message that it is over. */

import {
  GENERATIONS,
  type Generation,
  MissingProgramsError,
  pathWith,
} from "@intercom-telemetry/local-prometheus";
import { Argument, Command, Option } from "commander";
import type { Drill } from "./drill.ts";
import { DRILLS } from "./drills/all-drills.ts";
import { describeQuiet, describeResult, isGood, summarize } from "./play/describe.ts";
import { QUIET } from "./play/quiet.ts";
import { runDrills } from "./play/run-drills.ts";

interface Flags {
  readonly all: boolean;
  readonly json: boolean;
  readonly on?: Generation;
}

/** Exit code where the programs cannot be had. */
const CANNOT_RUN = 3;

/** Three scaled hours on the clock of minutes. */
const QUIET_SECONDS = 180;

function choose(names: readonly string[], all: boolean): readonly Drill[] {
  return all ? DRILLS : DRILLS.filter(({ alert }) => names.includes(alert));
}

async function main(names: readonly string[], { all, json, on }: Flags, command: Command): Promise<void> {
  if (all === names.length > 0) command.error("error: expected either names of alerts or --all");
  if (on !== undefined) process.env.PATH = pathWith(on);
  const report = await runDrills({
    drills: choose(names, all),
    quietSeconds: all || names.includes(QUIET) ? QUIET_SECONDS : undefined,
    onResult: (result) => console.log(describeResult(result)),
  });
  const quiet = describeQuiet(report);
  if (quiet !== "") console.log(quiet);
  if (json) console.log(JSON.stringify(summarize(report)));
  if (!isGood(report)) process.exitCode = 1;
}

const command = new Command("drill")
  .description(
    "Play faults and see the shipped alerts fire, arrive and resolve, in real Prometheus and Alertmanager.",
  )
  .addArgument(
    new Argument("[alert...]", "alerts to prove, or quiet").choices([
      ...DRILLS.map(({ alert }) => alert),
      QUIET,
    ]),
  )
  .option("--all", "every alert, and that nothing fires on a quiet day", false)
  .option("--json", "print the result as JSON, as the last line", false)
  .addOption(
    new Option("--on <generation>", "programs fetched for the run, in place of those on the PATH").choices(
      GENERATIONS,
    ),
  )
  .action(main);

// So that what was started is ended: children are killed when this process exits.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

try {
  await command.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof MissingProgramsError ? CANNOT_RUN : 1;
}
// A fault that was being played when something failed could keep timers for minutes.
process.exit();
