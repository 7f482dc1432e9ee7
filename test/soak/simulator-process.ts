/** The simulator in a process of its own: `simulator-process.ts <seed>` prints its URL and runs until it is ended. */
import { startSimulator } from "@intercom-telemetry/simulator";
import { ALL_FAULTS } from "../support/all-faults.ts";
import { NEVER_ANSWERED } from "./routes.ts";

const simulator = await startSimulator({
  seed: Number(process.argv[2]),
  apps: [{ name: "soak", token: "demo-token", limitPerWindow: 400 }],
  windowSeconds: 1,
  script: {
    rules: [
      ...Object.values(NEVER_ANSWERED).map(
        (path) => ({ match: { path }, action: { kind: "hang" } }) as const,
      ),
      // Each fault gets its share of what those before it let through, so that all of them happen.
      ...ALL_FAULTS.map((action) => ({ action, probability: 0.012 })),
    ],
  },
});
process.stdout.write(`${simulator.url}\n`);
