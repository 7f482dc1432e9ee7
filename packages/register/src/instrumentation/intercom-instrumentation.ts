import type { InstrumentIntercomOptions } from "@intercom-telemetry/axios/automatic";
import { instrumentAxios } from "@intercom-telemetry/axios/automatic";
import { isObject, resolveTelemetryOptions, VERSION } from "@intercom-telemetry/core/record";
import type { InstrumentationHandle } from "@intercom-telemetry/fetch/automatic";
import { instrumentGlobalFetchAutomatically } from "@intercom-telemetry/fetch/automatic";
import type { InstrumentationConfig } from "@opentelemetry/instrumentation";
import { InstrumentationBase, InstrumentationNodeModuleDefinition } from "@opentelemetry/instrumentation";
import { axiosCopies } from "../imports/axios-copies.ts";
import { watchImports } from "../imports/watch-imports.ts";

/** Options of `IntercomInstrumentation`: those of `instrumentIntercom` and `instrumentGlobalFetch`. All are optional. */
export interface IntercomInstrumentationConfig extends InstrumentationConfig, InstrumentIntercomOptions {}

const NAME = "@intercom-telemetry/register";

/** What CommonJS exports, or the namespace of an ES module. */
const axiosOf = (exports: unknown): unknown =>
  isObject(exports) && exports.default !== undefined ? exports.default : exports;

function optionsOf({ enabled: _, ...options }: IntercomInstrumentationConfig): InstrumentIntercomOptions {
  return options;
}

/**
 * Records every request that the program sends to Intercom through axios, in any number of copies, and through the
 * global fetch: for `registerInstrumentations` and for the `instrumentations` of `NodeSDK`. It has to be made before the
 * program loads axios. Spans go to the globally registered OpenTelemetry SDK.
 *
 * What a line of code sets up (`instrumentIntercom`, `intercomFetch`, `instrumentGlobalFetch`) is recorded by that line
 * alone.
 *
 * @throws TypeError for an option that is not what was expected.
 */
export class IntercomInstrumentation extends InstrumentationBase<IntercomInstrumentationConfig> {
  readonly #handles = new Map<unknown, InstrumentationHandle>();
  readonly #onFound = (axios: unknown): void => this.#instrument(axios);
  #options: InstrumentIntercomOptions = {};

  constructor(config: IntercomInstrumentationConfig = {}) {
    resolveTelemetryOptions(optionsOf(config));
    // The base class would enable it before there are fields and private methods.
    super(NAME, VERSION, { ...config, enabled: false });
    this.setConfig(config);
    if (this.getConfig().enabled) this.enable();
  }

  protected override init(): InstrumentationNodeModuleDefinition {
    return new InstrumentationNodeModuleDefinition("axios", ["*"], (exports: unknown) => {
      axiosCopies.tell(axiosOf(exports));
      return exports;
    });
  }

  /** Measures the copies of axios that are there, those that come, and the global fetch, with the options of now. */
  override enable(): void {
    if (this.isEnabled()) return;
    this.#options = optionsOf(this.getConfig());
    this.#handles.set(globalThis, instrumentGlobalFetchAutomatically(this.#options));
    watchImports();
    super.enable();
    axiosCopies.listeners.add(this.#onFound);
    for (const axios of axiosCopies.found) this.#onFound(axios);
  }

  /** Leaves axios and the global fetch as they were. Requests that are under way are still recorded. */
  override disable(): void {
    super.disable();
    axiosCopies.listeners.delete(this.#onFound);
    for (const handle of this.#handles.values()) handle.detach();
    this.#handles.clear();
  }

  /** Runs inside the program's own `require` and `import`, so it must not throw. */
  #instrument(axios: unknown): void {
    try {
      if (!this.#handles.has(axios)) this.#handles.set(axios, instrumentAxios(axios, this.#options));
    } catch (error) {
      this._diag.error("requests through axios are not recorded", error);
    }
  }
}
