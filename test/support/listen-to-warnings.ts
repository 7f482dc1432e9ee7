import { setImmediate } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** @returns a function that gives the codes of our process warnings since. They are emitted one tick late. */
export function listenToWarnings(): () => Promise<string[]> {
  const codes: string[] = [];
  const listener = (warning: Error & { code?: string }) => {
    if (warning.name === "IntercomTelemetryWarning") codes.push(warning.code ?? "");
  };
  process.on("warning", listener);
  onTestFinished(() => void process.off("warning", listener));
  return async () => {
    await setImmediate();
    return [...codes];
  };
}
