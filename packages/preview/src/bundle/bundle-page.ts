import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
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

const STAMP = join(OUTPUT_FOLDER, "sources.sha256");

/** Grafana's components load their icons from this path. */
const ICON_PATH = "public/build/img/icons";

async function runEsbuild(): Promise<void> {
  const require = createRequire(join(findPackage("@grafana/data"), "package.json"));
  await build({
    entryPoints: { main: join(SOURCE_FOLDER, "main.tsx") },
    outdir: OUTPUT_FOLDER,
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

async function copyAssets(): Promise<void> {
  const icons = join(findPackage("@grafana/ui"), "dist/public/img/icons");
  await cp(icons, join(OUTPUT_FOLDER, ICON_PATH), { recursive: true });
  await cp(join(SOURCE_FOLDER, "index.html"), join(OUTPUT_FOLDER, "index.html"));
}

/**
 * Bundles the page into static files, unless a bundle of the same sources and versions is there.
 *
 * @throws Error with esbuild's messages when the sources cannot be bundled.
 */
export async function bundlePage(): Promise<BundledPage> {
  const fingerprint = await fingerprintSources();
  const stamp = await readFile(STAMP, "utf8").catch(() => "");
  if (stamp === fingerprint) return { folder: OUTPUT_FOLDER, fresh: false };
  await rm(OUTPUT_FOLDER, { recursive: true, force: true });
  await mkdir(OUTPUT_FOLDER, { recursive: true });
  await Promise.all([runEsbuild(), copyAssets()]);
  await writeFile(STAMP, fingerprint);
  return { folder: OUTPUT_FOLDER, fresh: true };
}
