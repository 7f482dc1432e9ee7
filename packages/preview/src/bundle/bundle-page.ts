import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { fingerprintSources } from "./fingerprint-sources.ts";
import { leaveOut } from "./leave-out.ts";
import { findPackage, OUTPUT_FOLDER, SOURCE_FOLDER } from "./page-folders.ts";
import { unwrapDefault } from "./unwrap-default.ts";

/** A page that is ready to be served. */
export interface BundledPage {
  /** Folder with index.html, the script, the style, the font and the icons. */
  readonly folder: string;
  /** False when an earlier bundle of the same sources was there. */
  readonly fresh: boolean;
}

/** Grafana's components load their icons from this path. */
const ICON_PATH = "public/build/img/icons";

async function runEsbuild(folder: string): Promise<void> {
  const require = createRequire(join(findPackage("@grafana/data"), "package.json"));
  await build({
    entryPoints: { main: join(SOURCE_FOLDER, "main.tsx") },
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    legalComments: "linked",
    logLevel: "warning",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    loader: { ".woff2": "file" },
    assetNames: "[name]",
    // The full table of time zones since 1900 is a third of the bundle.
    alias: {
      "moment-timezone": require.resolve("moment-timezone/builds/moment-timezone-with-data-10-year-range.js"),
    },
    // Editors of code and e-mail previews, which no panel of a dashboard opens.
    plugins: [
      leaveOut(/^(monaco-editor|@monaco-editor\/react|react-dom\/server)(\/|$)/),
      unwrapDefault(/^react-custom-scrollbars-2$/),
    ],
  });
}

async function copyAssets(folder: string): Promise<void> {
  const icons = join(findPackage("@grafana/ui"), "dist/public/img/icons");
  await cp(icons, join(folder, ICON_PATH), { recursive: true });
  await cp(join(SOURCE_FOLDER, "index.html"), join(folder, "index.html"));
}

async function removeOthers(keep: string): Promise<void> {
  const names = await readdir(OUTPUT_FOLDER);
  // Folders with a point are being written by another process.
  const old = names.filter((name) => name !== keep && !name.includes("."));
  await Promise.all(old.map((name) => rm(join(OUTPUT_FOLDER, name), { recursive: true, force: true })));
}

/**
 * Bundles the page into static files, unless a bundle of the same sources and versions is there.
 * Several processes may do so at once: a bundle appears under its name when it is whole.
 *
 * @throws Error with esbuild's messages when the sources cannot be bundled.
 */
export async function bundlePage(): Promise<BundledPage> {
  const name = await fingerprintSources();
  const folder = join(OUTPUT_FOLDER, name);
  if (existsSync(folder)) return { folder, fresh: false };
  await mkdir(OUTPUT_FOLDER, { recursive: true });
  const unfinished = await mkdtemp(join(OUTPUT_FOLDER, "unfinished."));
  try {
    await Promise.all([runEsbuild(unfinished), copyAssets(unfinished)]);
    await rename(unfinished, folder).catch((error: Error) => {
      if (!existsSync(folder)) throw error;
    });
    await removeOthers(name);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return { folder, fresh: true };
}
