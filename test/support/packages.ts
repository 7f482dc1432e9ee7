import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the packages are. */
export const PACKAGES: string = fileURLToPath(new URL("../../packages/", import.meta.url));

/** The part of a package.json that is read here. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
}

/** Each published package: its folder and its manifest. */
export const PUBLISHED: readonly { readonly folder: string; readonly manifest: Manifest }[] = readdirSync(
  PACKAGES,
)
  .map((folder) => ({
    folder,
    manifest: JSON.parse(readFileSync(join(PACKAGES, folder, "package.json"), "utf8")) as Manifest,
  }))
  .filter(({ manifest }) => !manifest.private);

/** All TypeScript sources of all packages, by path below `packages/`. */
export function readSources(): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const folder of readdirSync(PACKAGES)) {
    for (const path of readdirSync(join(PACKAGES, folder, "src"), { recursive: true, encoding: "utf8" })) {
      const name = join(folder, "src", path);
      if (path.endsWith(".ts")) sources.set(name, readFileSync(join(PACKAGES, name), "utf8"));
    }
  }
  return sources;
}
