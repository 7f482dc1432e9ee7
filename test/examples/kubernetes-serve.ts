import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsdown";
import { onTestFinished } from "vitest";
import { parse, stringify } from "yaml";
import { CONTAINER, readText } from "./kubernetes-manifests.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Bundles the command of the exporter from its sources, so that Node runs it without a loader that would write or start
 * something. It goes away with the process.
 *
 * @returns its path.
 */
export async function bundleCommand(): Promise<string> {
  const folder = `${root}node_modules/.cache/intercom-telemetry/kubernetes-${process.pid}`;
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  await build({
    cwd: root,
    config: false,
    entry: { cli: "packages/cli/src/cli.ts" },
    format: "esm",
    outDir: folder,
    dts: false,
    platform: "node",
    target: "node20",
    tsconfig: "tsconfig.base.json",
    noExternal: [/^@intercom-telemetry\//],
    external: [/^(?!@intercom-telemetry\/)@?[a-z]/],
    logLevel: "warn",
  });
  return `${folder}/cli.mjs`;
}

/** Options with which Node lets a process read files, and neither write one nor start another process. */
export const READ_ONLY: readonly string[] = [
  process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission",
  "--allow-fs-read=*",
  ...(process.allowedNodeEnvironmentFlags.has("--allow-net") ? ["--allow-net"] : []),
];

/** A folder with what the cluster would mount. */
export interface Mounted {
  /** The container's arguments, with the path of this folder. */
  readonly args: readonly string[];
  readonly port: number;
  setToken(token: string): void;
}

interface ConfigFile {
  readonly serve: {
    readonly clients: readonly {
      readonly name: string;
      readonly region: string;
      readonly tokenFile: string;
    }[];
    readonly metrics: object;
  };
}

/** Lays out configuration and token of the example; addresses, paths and pace are those of the test. */
export function mount(folder: string, intercomUrl: string, port: number): Mounted {
  const { serve } = parse(readText("intercom-telemetry.yaml")) as ConfigFile;
  const [config = "", tokens = ""] = CONTAINER.volumeMounts.map(({ mountPath }) => mountPath);
  const clients = serve.clients.map(({ region: _, tokenFile, ...client }) => ({
    ...client,
    baseUrl: intercomUrl,
    tokenFile: tokenFile.replace(tokens, folder),
  }));
  const adapted = {
    ...serve,
    intervalSeconds: 1,
    statusUrl: `${intercomUrl}/__status/api/v2/summary.json`,
    clients,
    metrics: { ...serve.metrics, host: "127.0.0.1", port },
  };
  writeFileSync(join(folder, "intercom-telemetry.yaml"), stringify({ serve: adapted }));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    args: CONTAINER.args.map((word) => word.replace(config, folder)),
    port,
    setToken: (token) => {
      for (const { tokenFile } of clients) writeFileSync(tokenFile, `${token}\n`);
    },
  };
}
