import { createTargetReader } from "@intercom-telemetry/core";
import type { ResolvedTelemetryOptions } from "@intercom-telemetry/core/record";
import {
  haveSameOptions,
  logWarning,
  resolveTelemetryOptions,
  warnVisibly,
} from "@intercom-telemetry/core/record";
import { Attachment } from "./attachment.ts";
import type { AxiosInstanceLike } from "./axios-types.ts";
import { checkInstance } from "./check-instance.ts";
import type { Instrumentation, InstrumentationHandle, InstrumentIntercomOptions } from "./instrumentation.ts";
import { instrumentationOf, NOTHING, setInstrumentation } from "./instrumentation.ts";
import { findGetAdapter } from "./own-axios.ts";

function hintAtHosts({ defaults }: AxiosInstanceLike, { hosts }: ResolvedTelemetryOptions): void {
  const { baseURL } = defaults as { baseURL?: unknown };
  if (typeof baseURL !== "string" || !/^https?:\/\//i.test(baseURL)) return;
  if (createTargetReader(hosts)(`${baseURL}/me`)) return;
  warnVisibly(
    "INTERCOM_TELEMETRY_HOSTS",
    "the instance's baseURL is not a host of Intercom's, so its requests are not recorded; " +
      "when it is a proxy or gateway to Intercom, name it in the option `hosts`",
  );
}

function returnFirst({ handle, options, putOn }: Instrumentation, given: InstrumentIntercomOptions) {
  putOn?.();
  if (!haveSameOptions(options, given)) {
    logWarning("this axios instance is instrumented already; the options of the later call have no effect");
  }
  return handle;
}

/**
 * Records every request that this axios instance sends to Intercom: one span and one set of Prometheus series for each
 * attempt on the wire. Calls settle exactly as they would without it. Instances made later by `instance.create()` are
 * measured too.
 *
 * Called again on the same instance it changes nothing and returns the first handle. An instance that
 * `@intercom-telemetry/register` measures is measured with these options instead, until it is detached.
 *
 * @param instance an instance of axios 0.24 or newer, axios itself, or an instance of its class `Axios`. An object that
 *   lacks what an instance has, as a mock does, is left alone with a warning.
 * @throws TypeError for an option that is not what was expected, and for an instance that is not an object.
 * @throws Error when the registry has one of our metric names with another type or other labels.
 */
export function instrumentIntercom(
  instance: AxiosInstanceLike,
  options: InstrumentIntercomOptions = {},
): InstrumentationHandle {
  const resolved = resolveTelemetryOptions(options);
  if (!checkInstance(instance)) return NOTHING;
  const existing = instrumentationOf(instance);
  if (existing && !existing.automatic) return returnFirst(existing, options);
  hintAtHosts(instance, resolved);
  const getAdapter = findGetAdapter(instance);
  const attachment = new Attachment(instance, { options: resolved, getAdapter, automatic: false });
  existing?.automatic?.takeOff();
  attachment.putOn();
  const handle: InstrumentationHandle = {
    detach() {
      if (!attachment.active) return;
      attachment.end();
      setInstrumentation(instance, existing?.automatic?.active ? existing : undefined);
      existing?.automatic?.putOn();
    },
    flush: attachment.flush,
  };
  setInstrumentation(instance, { handle, options, putOn: () => attachment.putOn() });
  return handle;
}
