/** The store of the OTLP pipeline: VictoriaMetrics, with the relabeling of the recipe. */
import { fileURLToPath } from "node:url";
import { startVictoriaMetrics } from "@intercom-telemetry/local-prometheus";
import { runPrograms } from "./run-programs.ts";

const RELABEL = fileURLToPath(new URL("../../otlp/relabel.yaml", import.meta.url));
/** Ctrl-C reaches it too: longer than the services need to send their last numbers and the demo to read them. */
const SHUTDOWN_DELAY = "60s";

await runPrograms(async (folder) => {
  const flags = [`-relabelConfig=${RELABEL}`, `-http.shutdownDelay=${SHUTDOWN_DELAY}`];
  const { url, died } = await startVictoriaMetrics(folder, flags);
  return { addresses: { storeUrl: url }, died };
});
