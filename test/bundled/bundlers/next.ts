import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { findFreePort, waitUntil } from "@intercom-telemetry/local-prometheus";
import { run } from "../../packaging/packed.ts";
import type { Bundler, ReadMetrics } from "../bundler.ts";

const TIMEOUT_SECONDS = 30;

/** Starts the server, has its one page made, and ends it. */
const readPage: ReadMetrics = async (deployed, intercomUrl) => {
  const port = await findFreePort();
  const env = { ...process.env, NODE_ENV: "production", HOSTNAME: "127.0.0.1", PORT: String(port) };
  const server = spawn(process.execPath, [join("next", "server.js")], {
    cwd: deployed,
    env: { ...env, INTERCOM_URL: intercomUrl },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(server, "exit");
  try {
    const fetchPage = (): Promise<Response | undefined> =>
      fetch(`http://127.0.0.1:${port}/metrics`).catch(() => undefined);
    const response = await waitUntil("Next serves its page", TIMEOUT_SECONDS, fetchPage);
    return await response.text();
  } finally {
    server.kill();
    await ended;
  }
};

const createBundler = (name: string, flag: "--turbopack" | "--webpack"): Bundler => ({
  name,
  quick: false,
  async build(project, output) {
    const app = join(project, "next");
    run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], app);
    const args = ["NODE_ENV=production", "NEXT_TELEMETRY_DISABLED=1", "npx", "next", "build", flag];
    run("env", args, app);
    cpSync(join(app, ".next", "standalone"), output, { recursive: true });
  },
  readMetrics: readPage,
});

export const nextTurbopack: Bundler = createBundler("Next standalone, Turbopack", "--turbopack");
export const nextWebpack: Bundler = createBundler("Next standalone, webpack", "--webpack");
