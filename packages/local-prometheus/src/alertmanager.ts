import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type LocalServer, startServer } from "./server.ts";

/**
 * Starts a real Alertmanager and waits until it is ready.
 *
 * @param folder where its files go.
 * @param config the content of `alertmanager.yml`.
 */
export function startAlertmanager(folder: string, config: unknown): Promise<LocalServer> {
  const file = join(folder, "alertmanager.yml");
  writeFileSync(file, JSON.stringify(config));
  return startServer("prometheus-alertmanager", [
    `--config.file=${file}`,
    `--storage.path=${join(folder, "alertmanager")}`,
    "--cluster.listen-address=",
  ]);
}
