import {
  findFreePort,
  type LocalProcess,
  readTarget,
  startScript,
} from "@intercom-telemetry/local-prometheus";
import { startSimulator } from "@intercom-telemetry/simulator";
import type { Scene } from "../drill.ts";
import { TOKEN } from "./client-scene.ts";

const LONGEST_START_SECONDS = 90;

async function startService(args: readonly string[]): Promise<LocalProcess> {
  const service = startScript("test/drill/scenes/lone-service.ts", args);
  await readTarget(service, LONGEST_START_SECONDS);
  return service;
}

/** A service in a separate process, which is killed and, once the alert has been delivered, started again. */
export async function openProcessScene(name: string): Promise<Scene> {
  const simulator = await startSimulator({ apps: [{ name, token: TOKEN }], ledgerLimit: 1 });
  const port = await findFreePort();
  const args = [simulator.url, TOKEN, name, String(port)];
  let service = await startService(args);
  return {
    target: `127.0.0.1:${port}`,
    identity: { job: name },
    begin() {},
    async play(delivered) {
      await service.stop("SIGKILL");
      await delivered;
      service = await startService(args);
    },
    async close() {
      await service.stop();
      await simulator.close();
    },
  };
}
