import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** Root of this package. */
export const PACKAGE_FOLDER: string = fileURLToPath(new URL("../..", import.meta.url));

/** Sources of the page. */
export const SOURCE_FOLDER: string = join(PACKAGE_FOLDER, "page");

/** Where bundles go, each in a folder named after its sources. */
export const OUTPUT_FOLDER: string = join(PACKAGE_FOLDER, "dist");

/** Folder of an installed package. */
export function findPackage(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}
