import { dirname } from "node:path";
import { readManifest } from "./manifest.ts";

const ENTRY = /[\\/]axios[\\/]index\.js$/;

/** Whether a file is the one that a copy of axios begins with, in the module system that its package has. */
export function isAxiosEntry(file: string, type: "module" | "commonjs"): boolean {
  if (!ENTRY.test(file)) return false;
  const manifest = readManifest(dirname(file));
  return manifest?.name === "axios" && (manifest.type ?? "commonjs") === type;
}
