import type { Drill } from "../drill.ts";
import { openClientScene } from "../scenes/client-scene.ts";
import { openProcessScene } from "../scenes/process-scene.ts";

const metricsAbsent: Drill = {
  alert: "IntercomClientMetricsAbsent",
  clock: "minutes",
  fault: "the only process of a job is killed",
  open: openProcessScene,
};

const blindSpot: Drill = {
  alert: "IntercomClientBlindSpot",
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
    return { ...scene, identity: { job: name, reason: "not_recorded" } };
  },
};

/** Alerts on what the instrumentation cannot see or say. */
export const TELEMETRY_DRILLS: readonly Drill[] = [metricsAbsent, blindSpot];
