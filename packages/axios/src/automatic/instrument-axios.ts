import { isObject, resolveTelemetryOptions } from "@intercom-telemetry/core/record";
import { Attachment } from "../attachment.ts";
import type { AxiosInstanceLike } from "../axios-types.ts";
import { isInstance } from "../check-instance.ts";
import type { InstrumentationHandle, InstrumentIntercomOptions } from "../instrumentation.ts";
import { instrumentationOf, NOTHING, setInstrumentation } from "../instrumentation.ts";
import type { GetAdapter } from "../original-adapter.ts";
import { hookRequests } from "../request-hook.ts";
import { watchCreate } from "./watch-create.ts";

/** 0.24 to 1.x, as the peer dependency says. A copy that does not tell its version is recognized by its shape. */
const SUPPORTED = /^(?:0\.(?:2[4-9]|[3-9]\d)|1)\./;

function isSupported(axios: unknown): axios is AxiosInstanceLike & Record<PropertyKey, unknown> {
  if (!isObject(axios) || !isInstance(axios)) return false;
  return typeof axios.VERSION !== "string" || SUPPORTED.test(axios.VERSION);
}

/** An instance has the adapter of the one that made it, unless it or a request of it was given another. */
function hookCreated(created: AxiosInstanceLike, { prepare }: Attachment): void {
  hookRequests(created.interceptors.request, (config) =>
    instrumentationOf(created) ? config : prepare(config),
  );
}

/**
 * Measures a copy of axios and every instance that it makes, for a service that does not ask for it by code. It steps
 * aside for `instrumentIntercom`, and leaves alone what is instrumented already. No axios is loaded for it.
 *
 * @param axios what the module exports by default. What is not axios in a supported version is left alone.
 * @throws TypeError for an option that is not what was expected.
 * @throws Error when the registry has one of our metric names with another type or other labels.
 */
export function instrumentAxios(
  axios: unknown,
  options: InstrumentIntercomOptions = {},
): InstrumentationHandle {
  const resolved = resolveTelemetryOptions(options);
  if (!isSupported(axios) || instrumentationOf(axios)) return NOTHING;
  const getAdapter = typeof axios.getAdapter === "function" ? (axios.getAdapter as GetAdapter) : undefined;
  const attachment = new Attachment(axios, { options: resolved, getAdapter, automatic: true });
  attachment.putOn();
  const unwatch = watchCreate(axios, (created) => hookCreated(created, attachment));
  const handle: InstrumentationHandle = {
    detach() {
      unwatch();
      attachment.end();
      // An explicit set-up may have taken over.
      if (instrumentationOf(axios)?.automatic === attachment) setInstrumentation(axios, undefined);
    },
    flush: attachment.flush,
  };
  setInstrumentation(axios, { handle, options, automatic: attachment });
  return handle;
}
