import * as nodeModule from "node:module";
import { warnVisibly } from "@intercom-telemetry/core/record";
import { onceRegistered, watchFiles } from "./beside-reads.ts";
import { isRequiredBeforeCommonJs } from "./preload.ts";
import { keepReads } from "./reads.ts";
import type { Loaded, ResolveContext, Resolved } from "./stand-in.ts";
import { loadStandIn, standIn } from "./stand-in.ts";

/** Node's synchronous hooks, in the thread of the program. */
type RegisterHooks = (hooks: {
  resolve(
    specifier: string,
    context: ResolveContext,
    next: (specifier: string, context: ResolveContext) => Resolved,
  ): Resolved;
  load(url: string, context: unknown, next: (url: string, context: unknown) => Loaded): Loaded;
}) => unknown;

interface SyncHooks {
  readonly registerHooks?: RegisterHooks;
}

/** In the global symbol table: the ESM and the CJS copy of this package register one hook together. */
const WATCHED = Symbol.for("@intercom-telemetry/register.watched.v1");

/**
 * Whether a program with synchronous hooks still loads what CommonJS modules require under `import`. Before these
 * versions Node fails with ERR_VM_MODULE_LINK_FAILURE. Source: nodejs/node pull request 59929.
 */
export function hasSoundSyncHooks(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  const isFrom = (leastMinor: number, leastPatch: number): boolean =>
    minor > leastMinor || (minor === leastMinor && patch >= leastPatch);
  if (major === 22) return isFrom(22, 3);
  if (major === 24) return isFrom(11, 1);
  return major === 25 ? isFrom(1, 0) : major > 25;
}

/** Lets every `import "axios"` of the program from now on be told of. What `require` loads is seen otherwise. */
export function watchImports(): void {
  const holder = globalThis as { [WATCHED]?: boolean };
  if (holder[WATCHED]) return;
  holder[WATCHED] = true;
  warnOfRefusal(registerHook);
}

function warnOfRefusal(register: () => void): void {
  try {
    register();
  } catch (error) {
    // Node's permission model, for one, allows no hooks.
    const reason = (error as NodeJS.ErrnoException | undefined)?.code ?? "unknown error";
    warnVisibly(
      "INTERCOM_TELEMETRY_IMPORTS",
      `an axios that ES modules import is not seen, since Node refused the hook (${reason}); ` +
        "instrument it by code: instrumentIntercom(axios)",
    );
  }
}

/** The asynchronous way is deprecated, and costs a thread and, for every module, a request to it. */
const registerInThread = (): void => nodeModule.register("./hook.js", import.meta.url);

function watchInThread(): void {
  const { execArgv, argv, env } = process;
  const start = { execArgv, nodeOptions: env.NODE_OPTIONS ?? "", main: argv[1] };
  if (!isRequiredBeforeCommonJs(start)) registerInThread();
}

/** Where hooks of others need the thread, ours goes there too. */
function watchWithoutThread(): void {
  watchFiles();
  onceRegistered(() => warnOfRefusal(registerInThread));
}

function watchInProgram(registerHooks: RegisterHooks): void {
  registerHooks({
    resolve: (specifier, context, next) => standIn(specifier, context, next(specifier, context)),
    load: (url, context, next) => loadStandIn(url) ?? next(url, context),
  });
}

function registerHook(): void {
  const { registerHooks } = nodeModule as SyncHooks;
  if (keepReads()) watchWithoutThread();
  else if (registerHooks && hasSoundSyncHooks(process.versions.node)) watchInProgram(registerHooks);
  else watchInThread();
}
