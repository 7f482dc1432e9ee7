import { type Command, Option } from "commander";
import { type ApiOptionValues, resolveApiOptions } from "../command/api-options.ts";
import type { GuardedIo } from "../command/command-io.ts";
import { GuardedCommand } from "../command/guarded-command.ts";
import { API_OPTIONS, parseAreas, parseSeconds } from "../command/option-values.ts";
import type { ExitCode } from "../errors/exit-codes.ts";
import { AREAS } from "../probe/areas.ts";
import { examineApi } from "./examine-api.ts";
import { examineTelemetry } from "./process/examine-telemetry.ts";
import {
  readTelemetrySubject,
  TELEMETRY_OPTIONS,
  type TelemetryOptionValues,
} from "./process/telemetry-options.ts";
import type { Report } from "./report/report.ts";
import { runDoctor } from "./run-doctor.ts";

interface DoctorOptionValues extends ApiOptionValues, TelemetryOptionValues {
  readonly needs?: readonly string[];
  readonly json?: boolean;
  /** `true`: at the default interval. */
  readonly watch?: number | true;
}

const DEFAULT_WATCH_SECONDS = 30;

/** Colors for people at a terminal who have not asked for none. Source: https://no-color.org */
const wantsColors = ({ isTerminal, env }: GuardedIo): boolean => isTerminal && !env.NO_COLOR;

/** What to examine: the metrics of services, or by default the connection to Intercom. */
async function chooseExamination(values: DoctorOptionValues, io: GuardedIo): Promise<() => Promise<Report>> {
  const { timeoutSeconds, ...settings } = resolveApiOptions(values);
  const { clock, env, signal, learnSecret } = io;
  const context = { clock, env, signal, learnSecret, timeoutSeconds };
  const telemetry = await readTelemetrySubject(values, io);
  if (telemetry) return () => examineTelemetry(telemetry, context);
  const subject = { ...settings, ...(values.needs && { neededAreas: values.needs }) };
  return () => examineApi(subject, context);
}

async function execute(values: DoctorOptionValues, io: GuardedIo): Promise<ExitCode> {
  const output = {
    json: values.json ?? false,
    colored: wantsColors(io),
    print: (report: string) => io.writeOut(`${report}\n`),
  };
  const watchSeconds = values.watch === true ? DEFAULT_WATCH_SECONDS : values.watch;
  const examine = await chooseExamination(values, io);
  return runDoctor(examine, output, { clock: io.clock, signal: io.signal, watchSeconds });
}

/** `intercom-telemetry doctor`. */
export function createDoctorCommand(io: GuardedIo, finish: (exitCode: ExitCode) => void): Command {
  const command = new GuardedCommand("doctor")
    .description(
      "find out why Intercom does not respond as it should (token, region, permissions, quota, clock, status), or with --process or --store why metrics show nothing",
    )
    .addOption(
      new Option(
        "--needs <areas>",
        "what the service must read, several with commas between them (default: all)",
      )
        .choices(AREAS.map(({ name }) => name))
        .argParser(parseAreas),
    )
    .option("--json", "one line of JSON")
    .addOption(
      new Option("--watch [seconds]", "repeat at this interval (default: every 30 s)").argParser(
        parseSeconds,
      ),
    )
    .action(async (values: DoctorOptionValues) => finish(await execute(values, io)));
  for (const option of [...TELEMETRY_OPTIONS, ...API_OPTIONS]) command.addOption(option);
  return command;
}
