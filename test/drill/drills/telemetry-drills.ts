import type { Drill } from "../drill.ts";
import { intercomAnswers, openClientScene, serviceCalls } from "../scenes/client-scene.ts";
import { openProcessScene } from "../scenes/process-scene.ts";

const unknownErrorCode: Drill = {
  alert: "IntercomClientUnknownErrorCode",
  clock: "minutes",
  fault: "one answer in five has a code that nobody has documented",
  open: (name) =>
    openClientScene(
      name,
      {},
      intercomAnswers({
        probability: 0.2,
        action: { kind: "error_list", status: 400, code: "brand_new_code", retryable: false },
      }),
    ),
};

const unmatchedOperation: Drill = {
  alert: "IntercomClientUnmatchedOperation",
  clock: "minutes",
  fault: "a service that calls a path which is in no table",
  open: (name) =>
    openClientScene(
      name,
      {},
      serviceCalls((intercom) => intercom.get("/secret_beta")),
    ),
};

const metricsAbsent: Drill = {
  alert: "IntercomClientMetricsAbsent",
  clock: "minutes",
  fault: "the only process of a job is killed",
  open: openProcessScene,
};

const telemetryFailing: Drill = {
  alert: "IntercomClientTelemetryFailing",
  clock: "minutes",
  fault: "the service's own onOutcome function throws",
  async open(name) {
    let broken = false;
    const onOutcome = (): void => {
      if (broken) throw new Error("broken by the drill");
    };
    const scene = await openClientScene(name, { onOutcome }, async (_, delivered) => {
      broken = true;
      await delivered;
      broken = false;
    });
    return { ...scene, identity: { job: name } };
  },
};

/** Alerts on what the instrumentation cannot see or say. */
export const TELEMETRY_DRILLS: readonly Drill[] = [
  unknownErrorCode,
  unmatchedOperation,
  metricsAbsent,
  telemetryFailing,
];
