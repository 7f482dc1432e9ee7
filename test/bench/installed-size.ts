import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../support/worker-bundle.ts";

/** A service that calls Intercom and is monitored has these anyway. */
const SHARED: ReadonlySet<string> = new Set(["axios", "prom-client", "@opentelemetry/api"]);

interface Manifest {
  readonly name: string;
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

function sizeOf(path: string): number {
  const status = statSync(path);
  if (status.isFile()) return status.size;
  return readdirSync(path)
    .filter((name) => name !== "node_modules")
    .reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** A package of this repository lies here with its sources: only what it publishes counts. */
function publishedSize(folder: string, { files }: Manifest): number {
  if (folder.includes("node_modules") || !files) return sizeOf(folder);
  return [...files, "package.json"]
    .map((name) => join(folder, name))
    .filter(existsSync)
    .map(sizeOf)
    .reduce((sum, size) => sum + size, 0);
}

function findFolder(name: string, from: string): string {
  for (let at = from; at !== dirname(at); at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (existsSync(folder)) return realpathSync(folder);
  }
  throw new Error(`expected ${name} to be installed for ${from}`);
}

function collect(name: string, from: string, seen: Map<string, number>): void {
  const folder = findFolder(name, from);
  if (seen.has(folder)) return;
  const manifest = readManifest(folder);
  seen.set(folder, publishedSize(folder, manifest));
  for (const dependency of Object.keys(manifest.dependencies ?? {})) {
    if (!SHARED.has(dependency)) collect(dependency, folder, seen);
  }
}

/** What installing a package brings: its files and those of its dependencies, except what is there anyway. */
export function installedSize(name: string): { readonly bytes: number; readonly packages: number } {
  const seen = new Map<string, number>();
  collect(name, root, seen);
  return { bytes: [...seen.values()].reduce((sum, size) => sum + size, 0), packages: seen.size };
}
