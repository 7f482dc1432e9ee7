import type { Recorder } from "@intercom-telemetry/core/record";
import { ROOT_CONTEXT } from "@opentelemetry/api";

/** Recorders that write down what is asked of them, and throw where they are told to. */
export function createStubs(throwing = "") {
  const calls: string[] = [];
  const note = (call: string): void => {
    calls.push(call);
    if (call === throwing) throw new Error("on purpose");
  };
  const recorder = (name: string, more: Partial<Recorder> = {}): Recorder => ({
    start: () => note(`${name} start`),
    finish: () => note(`${name} finish`),
    abandon: () => note(`${name} abandon`),
    ...more,
  });
  const spans = recorder("span", {
    stage: "span",
    contextOf: () => ROOT_CONTEXT.setValue(Symbol.for("in"), 1),
    propagationContextOf: () => ROOT_CONTEXT,
  });
  const metrics = recorder("metrics", {
    stage: "metrics",
    fail: (stage: string) => note(`fail ${stage}`),
  });
  return { calls, recorders: [spans, metrics] };
}
