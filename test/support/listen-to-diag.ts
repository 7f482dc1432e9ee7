import { DiagLogLevel, diag } from "@opentelemetry/api";
import { onTestFinished } from "vitest";

/** What is said through OpenTelemetry's own log until the test ends, from this level on. */
export function listenToDiag(logLevel: DiagLogLevel = DiagLogLevel.WARN): string[] {
  const lines: string[] = [];
  const write = (...args: unknown[]): void => void lines.push(args.map(String).join(" "));
  const logger = { error: write, warn: write, info: write, debug: write, verbose: write };
  diag.setLogger(logger, { logLevel, suppressOverrideMessage: true });
  onTestFinished(() => diag.disable());
  return lines;
}
