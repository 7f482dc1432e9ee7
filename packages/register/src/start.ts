import { isMainThread } from "node:worker_threads";
import type { TelemetryOptions } from "@intercom-telemetry/core/record";
import { warnVisibly } from "@intercom-telemetry/core/record";
import type { Settings } from "./environment/environment.ts";
import { readEnvironment } from "./environment/environment.ts";
import { IntercomInstrumentation } from "./instrumentation/index.ts";
import { servePage } from "./prometheus/page.ts";

/** In the global symbol table: `--import` and `--require` together, or one of them twice, start it once. */
const STARTED: unique symbol = Symbol.for("@intercom-telemetry/register.started.v1");

const warn = (message: string): void => warnVisibly("INTERCOM_TELEMETRY_ENVIRONMENT", message);

/** The thread of Node's module hooks runs what `--require` names, too. Only there no script has a name. */
const isHooksThread = (): boolean => !isMainThread && process.argv[1] === undefined;

function toOptions(settings: Settings): TelemetryOptions {
  const { client, hosts, metrics } = settings;
  const meter = metrics === "otlp";
  return { client, hosts, meter, ...(metrics === "prometheus" ? servePage(settings) : {}) };
}

/**
 * Measures the requests to Intercom of this program as the environment says. Never throws: with a variable that is not
 * what was expected the program runs without being measured, and a process warning says which one.
 */
export function start(env: Readonly<Record<string, string | undefined>>): void {
  const holder = globalThis as { [STARTED]?: boolean };
  if (holder[STARTED] || isHooksThread()) return;
  holder[STARTED] = true;
  try {
    const { settings, problems, unknown } = readEnvironment(env);
    for (const name of unknown) warn(`${name} is not a variable of this package; see its README`);
    for (const problem of problems) warn(`${problem}; requests to Intercom are not recorded`);
    if (problems.length === 0) new IntercomInstrumentation(toOptions(settings));
  } catch (error) {
    warn(`requests to Intercom are not recorded: ${String((error as Error | undefined)?.message)}`);
  }
}
