// Makes a fresh clone ready: the locked dependencies. Needs nothing but Node and npm.
import { fileURLToPath } from "node:url";
import { runPnpm } from "./pnpm.mjs";

export { root } from "./pnpm.mjs";

/** Installs what the lock file says; takes well under a second when it is there already. */
export function installDependencies() {
  runPnpm(["install", "--frozen-lockfile", "--reporter=silent"]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) installDependencies();
