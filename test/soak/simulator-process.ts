/** The simulator in a separate process: `simulator-process.ts <seed>` prints its URL and runs until it is ended. */
import { startSimulator } from "@intercom-telemetry/simulator";
import { ALL_FAULTS } from "../support/all-faults.ts";
import { FAULT_APPS, HONEST_TOKEN } from "./faults.ts";
import { SILENT_PATHS } from "./silent-paths.ts";

const simulator = await startSimulator({
  seed: Number(process.argv[2]),
  apps: [
    { name: "honest", token: HONEST_TOKEN, limitPerWindow: 400 },
    ...FAULT_APPS.map((name) => ({ name, token: name, limitPerWindow: 1e9 })),
  ],
  windowSeconds: 1,
  script: {
    rules: [
      ...Object.values(SILENT_PATHS).map((path) => ({ match: { path }, action: { kind: "hang" } }) as const),
      ...ALL_FAULTS.map((action, index) => ({ match: { app: FAULT_APPS[index] ?? "" }, action })),
    ],
  },
});
process.stdout.write(`${simulator.url}\n`);
