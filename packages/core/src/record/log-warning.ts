import { diag } from "@opentelemetry/api";

/** Says it through OpenTelemetry's `diag`. Never throws: a logger that does is not worth a failure. */
export function logWarning(message: string): void {
  try {
    diag.warn(`intercom-telemetry: ${message}`);
  } catch {
    // The warning is lost, and the caller is not disturbed.
  }
}

/**
 * The same with the class of what was thrown, which may be any value. Its message stays out: it may quote a body, or a
 * URL with credentials.
 */
export function logFailure(message: string, error: unknown): void {
  try {
    logWarning(`${message} (${error instanceof Error ? error.constructor?.name : typeof error})`);
  } catch {
    // What was thrown throws itself when it is looked at.
    logWarning(message);
  }
}
