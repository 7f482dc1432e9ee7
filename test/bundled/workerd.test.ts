import { spawn } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, it, onTestFinished } from "vitest";
import { findFreePorts } from "../examples/program.ts";
import { createProject, packAll } from "../packaging/packed.ts";
import { startIntercom } from "../support/measured-api.ts";
import { SERVICE } from "./project.ts";

const VERSION = "1.20261117.1";
/** The package that brings the program itself: the one called `workerd` needs a script when it is installed. */
const WORKERD = `@cloudflare/workerd-${process.platform}-${process.arch === "x64" ? "64" : process.arch}`;

const configOf = (port: number, intercom: string): string => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.mjs", esModule = embed "bundled.mjs")],
  compatibilityDate = "2025-09-01",
  bindings = [(name = "INTERCOM", text = "${intercom}")],
);
`;

function createWorkerProject(): ReturnType<typeof createProject> {
  const packed = packAll();
  onTestFinished(() => rmSync(packed.folder, { recursive: true, force: true }));
  const ours = Object.fromEntries(["core", "fetch"].map((name) => [name, packed.tarballs[name] ?? ""]));
  const project = createProject(ours, { "@opentelemetry/api": "1.9.1", [WORKERD]: VERSION });
  onTestFinished(() => project.remove());
  return project;
}

it("a service for workerd without nodejs_compat counts each of its requests", async () => {
  const conflict = { kind: "error_list", status: 409, code: "conflict" } as const;
  const intercom = await startIntercom({
    script: { rules: [{ match: { path: "/contacts/unread" }, action: conflict }] },
  });
  const { folder, write } = createWorkerProject();
  cpSync(join(SERVICE, "worker.mjs"), join(folder, "worker.mjs"));
  await build({
    absWorkingDir: folder,
    entryPoints: ["worker.mjs"],
    outfile: join(folder, "bundled.mjs"),
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "browser"],
    logLevel: "silent",
  });
  const port = await findFreePorts();
  write("config.capnp", configOf(port, intercom.url));
  const workerd = spawn(join(folder, "node_modules", WORKERD, "bin/workerd"), ["serve", "config.capnp"], {
    cwd: folder,
    stdio: "ignore",
  });
  onTestFinished(() => void workerd.kill());
  const ask = () => fetch(`http://127.0.0.1:${port}/`).then((response) => response.json());
  await expect
    .poll(() => ask().catch(() => undefined), { timeout: 20_000 })
    .toEqual(["GET 200 undefined", "GET 404 not_found", "GET 409 conflict"]);
  expect(intercom.ledger.entries().map(({ status }) => status)).toEqual([200, 404, 409]);
});
