import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type LocalServer, startServer } from "./server.ts";

/**
 * Starts a real Alertmanager and waits until it is ready.
 *
 * @param folder where its files go.
 * @param content of `alertmanager.yml`; JSON is YAML too.
 */
export function startAlertmanager(folder: string, content: string): Promise<LocalServer> {
  const file = join(folder, "alertmanager.yml");
  writeFileSync(file, content);
  return startServer("prometheus-alertmanager", [
    `--config.file=${file}`,
    `--storage.path=${join(folder, "alertmanager")}`,
    "--cluster.listen-address=",
  ]);
}
