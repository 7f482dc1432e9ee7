import { dirname, extname } from "node:path";
import { readManifest, readText } from "./manifest.ts";

/** How a program was started. */
export interface Start {
  readonly execArgv: readonly string[];
  readonly nodeOptions: string;
  /** `process.argv[1]`. */
  readonly main: string | undefined;
}

const isRequire = (word: string): boolean => /^(?:-r|--require)(?:=|$)/.test(word);

/** The `type` of the package that a file belongs to; `undefined` where it says none. */
function packageType(folder: string): unknown {
  const manifest = readManifest(folder);
  if (manifest) return manifest.type;
  return folder === dirname(folder) ? undefined : packageType(dirname(folder));
}

/** As Node decides it: by the name, else by the package, else by the syntax. */
function isCommonJs(main: string): boolean {
  const extension = extname(main);
  if (extension !== ".js" && extension !== "") return extension === ".cjs";
  const type = packageType(dirname(main));
  if (type !== undefined) return type === "commonjs";
  const file = extension === "" ? `${main}.js` : main;
  return !/^\s*(?:import\s*["'{*\w]|export\s)/m.test(readText(main) || readText(file));
}

/**
 * Whether a CommonJS program is started with `--require`. A thread for hooks would run all that is required so again,
 * an OpenTelemetry SDK too, and start the program hundreds of milliseconds later; for modules it hardly ever imports.
 */
export function isRequiredBeforeCommonJs({ execArgv, nodeOptions, main }: Start): boolean {
  const words = [...execArgv, ...nodeOptions.split(/\s+/)];
  return words.some(isRequire) && main !== undefined && isCommonJs(main);
}
