// Debian packages that the live tests and the demo use.
import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Command that a package brings, by package name. */
const COMMANDS = {
  prometheus: "promtool",
  "prometheus-alertmanager": "prometheus-alertmanager",
  "prometheus-pushgateway": "prometheus-pushgateway",
  chromium: "chromium",
  jsonnet: "jsonnet",
};

function onPath(command) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function aptInstall(packages) {
  // Nothing here is to run as a service: `RUNLEVEL=1` keeps the packages from starting one.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const apt = (...args) => execFileSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
  apt("update", "-qq");
  apt("install", "-y", "-qq", "--no-install-recommends", ...packages);
}

/**
 * Installs what is missing where that is possible (root on Debian or Ubuntu); else says in one line what to install.
 * With CI=true a missing package is an error, so that no test can be skipped unseen.
 */
export function installSystemPackages(wanted = Object.keys(COMMANDS)) {
  const missing = () => wanted.filter((name) => !onPath(COMMANDS[name]));
  if (missing().length === 0) return;
  if (process.getuid?.() === 0 && onPath("apt-get")) {
    process.stdout.write(`installing ${missing().join(", ")}\n`);
    aptInstall(missing());
  }
  const left = missing();
  if (left.length === 0) return;
  const advice = `apt-get install --no-install-recommends ${left.join(" ")}`;
  if (process.env.CI === "true") throw new Error(`missing system packages; install them with: ${advice}`);
  process.stdout.write(`continuing without ${left.join(", ")}; to have all of it: ${advice}\n`);
}
