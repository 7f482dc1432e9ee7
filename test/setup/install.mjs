// Makes a fresh clone ready: pnpm at the pinned version through npx, then the locked dependencies.
// Needs nothing but Node and npm.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Installs what the lock file says; takes well under a second when it is there already. */
export function installDependencies() {
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  const env = { ...process.env, npm_config_loglevel: "error" };
  try {
    execFileSync("npx", ["--yes", packageManager, "install", "--frozen-lockfile", "--reporter=silent"], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ""}${error.stderr ?? ""}`);
    throw new Error(`${packageManager} could not install the dependencies`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) installDependencies();
