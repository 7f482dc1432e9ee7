import { type LocalProcess, ROOT, startProcess } from "./child-process.ts";
import { waitUntil } from "./wait-until.ts";

/** Starts a TypeScript file of this repository, given from its root, as a separate process. */
export function startScript(file: string, args: readonly string[]): LocalProcess {
  const loader = `${ROOT}node_modules/tsx/dist/loader.mjs`;
  return startProcess(process.execPath, ["--import", loader, `${ROOT}${file}`, ...args]);
}

/** Waits until a process has said where its metrics are; gives `host:port`. */
export function readTarget(server: LocalProcess, timeoutSeconds: number): Promise<string> {
  const look = (): string | undefined => /metrics at http:\/\/([\d.:]+)\//.exec(server.output())?.[1];
  return Promise.race([waitUntil("metrics are served", timeoutSeconds, look), server.died]);
}
