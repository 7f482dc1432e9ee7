interface Runtime {
  readonly process?: { emitWarning?(message: string, options: { type: string; code: string }): void };
  readonly console?: { warn(message: string): void };
}

/**
 * A hint that has to be seen without any logger being set up: a process warning where there are such, else the console.
 * Never throws.
 *
 * @param code by which the warning can be told apart and switched off (`--disable-warning=CODE`).
 */
export function warnVisibly(code: string, message: string): void {
  try {
    const { process, console } = globalThis as Runtime;
    if (typeof process?.emitWarning === "function") {
      process.emitWarning(message, { type: "IntercomTelemetryWarning", code });
    } else console?.warn(`intercom-telemetry: ${message}`);
  } catch {
    // A hint is not worth a failure.
  }
}
