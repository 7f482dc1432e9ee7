import type { Drill } from "../drill.ts";
import { TOKEN } from "../scenes/client-scene.ts";
import { openServeScene } from "../scenes/serve-scene.ts";

const COMPONENT = "REST API";
const SKEW_SECONDS = 30;

const withComponent = (status: string) => ({
  components: [{ name: COMPONENT, status, region: "us" as const }],
});

/** Alerts from the probe, `intercom-telemetry serve` in a separate process. */
export const PROBE_DRILLS: readonly Drill[] = [
  {
    alert: "IntercomClientTokenRejected",
    clock: "minutes",
    fault: "the probe's token is revoked",
    open: (name) =>
      openServeScene(name, {
        begin: ({ simulator }) => simulator.revokeToken(TOKEN),
        end: ({ simulator }) => simulator.restoreToken(TOKEN),
      }),
  },
  {
    alert: "IntercomClientPlatformDegraded",
    clock: "minutes",
    fault: "Intercom's status page reports a partial outage",
    open: (name) =>
      openServeScene(name, {
        begin: ({ simulator }) => simulator.status.set(withComponent("partial_outage")),
        end: ({ simulator }) => simulator.status.set(withComponent("operational")),
        identity: { component: COMPONENT, region: "us" },
      }),
  },
  {
    alert: "IntercomClientClockSkew",
    clock: "minutes",
    fault: `Intercom's clock is ${SKEW_SECONDS} seconds ahead of the host's`,
    open: (name) =>
      openServeScene(name, {
        begin: (stage) => stage.setClockAheadSeconds(SKEW_SECONDS),
        end: (stage) => stage.setClockAheadSeconds(0),
      }),
  },
  {
    alert: "IntercomClientProbeFailing",
    clock: "minutes",
    fault: "every probe gets a 503",
    open: (name) =>
      openServeScene(name, {
        begin: ({ simulator }) =>
          simulator.setScript({ rules: [{ action: { kind: "empty", status: 503 } }] }),
        end: ({ simulator }) => simulator.setScript({ rules: [] }),
      }),
  },
];
