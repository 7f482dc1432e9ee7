import * as nodeModule from "node:module";
import { axiosCopies } from "./axios-copies.ts";
import { isAxiosEntry } from "./axios-entry.ts";

/** Parts of Node's loader of CommonJS that everybody may replace. */
interface Loader {
  register?: (...words: unknown[]) => unknown;
  readonly _extensions?: Record<string, ((module: { exports: unknown }, file: string) => void) | undefined>;
}

const loader = nodeModule.default as Loader;

/** An ES module that imports CommonJS has Node load the file, without a `require` that OpenTelemetry would see. */
export function watchFiles(): void {
  const { _extensions: extensions } = loader;
  const original = extensions?.[".js"];
  if (!extensions || !original) return;
  extensions[".js"] = function js(this: unknown, module, file) {
    Reflect.apply(original, this, [module, file]);
    if (isAxiosEntry(file, "commonjs")) axiosCopies.tell(module.exports);
  };
}

/** Calls back once, when somebody registers asynchronous hooks: from then on their thread reads the modules. */
export function onceRegistered(listener: () => void): void {
  const { register: original } = loader;
  if (!original) return;
  let isRegistered = false;
  loader.register = function register(this: unknown, ...words) {
    try {
      return Reflect.apply(original, this, words);
    } finally {
      if (!isRegistered) {
        isRegistered = true;
        listener();
      }
    }
  };
  // For those who import it by its name.
  nodeModule.syncBuiltinESMExports();
}
