import type { Scene } from "../drill.ts";
import type { ClientSceneOptions, Stage } from "./client-scene.ts";
import { openClientScene } from "./client-scene.ts";

/** Two instances of one job, of which the second has the fault; each has its own Intercom. */
export async function openPairScene(
  name: string,
  options: ClientSceneOptions,
  play: (stage: Stage, delivered: Promise<unknown>) => Promise<void>,
): Promise<Scene> {
  const healthy = await openClientScene(name, {}, async () => {});
  const faulty = await openClientScene(name, options, play);
  return {
    target: `${healthy.target},${faulty.target}`,
    identity: { job: name },
    begin() {
      healthy.begin();
      faulty.begin();
    },
    play: (delivered) => faulty.play(delivered),
    async close() {
      await healthy.close();
      await faulty.close();
    },
  };
}
