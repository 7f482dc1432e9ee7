import { cpSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createProject, packAll } from "../packaging/packed.ts";

/** The repository, with a slash at its end. */
export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));

/** Folder of the service. */
export const SERVICE: string = fileURLToPath(new URL("service", import.meta.url));

/** What the service imports beside our packages, in the versions of this repository. */
const LIBRARIES = ["axios", "prom-client", "@opentelemetry/api"];

const versionOf = (library: string): string =>
  JSON.parse(readFileSync(`${ROOT}node_modules/${library}/package.json`, "utf8")).version;

/** A user's service beside its installed dependencies, ours from their tarballs. */
export interface ServiceProject {
  readonly folder: string;
  /** Our tarballs, by package. */
  readonly tarballs: Readonly<Record<string, string>>;
  remove(): void;
}

/** Packs our packages and installs them for the service. */
export function createServiceProject(): ServiceProject {
  const { folder: packed, tarballs } = packAll();
  const { core = "", axios = "" } = tarballs;
  const dependencies = Object.fromEntries(LIBRARIES.map((library) => [library, versionOf(library)]));
  const project = createProject({ core, axios }, dependencies);
  cpSync(SERVICE, project.folder, { recursive: true });
  return {
    folder: project.folder,
    tarballs: { core, axios },
    remove() {
      project.remove();
      rmSync(packed, { recursive: true, force: true });
    },
  };
}
