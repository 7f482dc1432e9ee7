/** A user's program that has to be accepted by the type checker, mistakes in the right places included. */
export const TYPED_PROGRAM = `
import axios from "axios";
import axiosRetry from "axios-retry";
import { Registry } from "prom-client";
import { lookupError, type ErrorDescription } from "@intercom-telemetry/core";
import { METRICS } from "@intercom-telemetry/core/contract";
import { INTERCOM_OPERATIONS } from "@intercom-telemetry/core/facts";
import type { Recorder } from "@intercom-telemetry/core/record";
import { intercomRetry } from "@intercom-telemetry/axios/retry";
import { intercomFetch } from "@intercom-telemetry/fetch";
import { instrumentIntercom, type InstrumentationHandle } from "@intercom-telemetry/axios";

const instance = axios.create();
const handle: InstrumentationHandle = instrumentIntercom(instance, {
  client: "support",
  registry: new Registry(),
  expectedStatuses: [404],
  onOutcome: (outcome) => { const code: string | undefined = outcome.error?.code; void code; },
});
handle.detach();
const entry: ErrorDescription | undefined = lookupError("not_found");
void entry;
const names: readonly string[] = [METRICS.requests.name, ...INTERCOM_OPERATIONS.map(({ template }) => template)];
const recorder: Recorder = { finish: (outcome, _state, attempt) => { void [names, attempt.client, outcome.status]; } };
// What is read from the environment may be undefined.
const client: string | undefined = process.env.SERVICE;
instrumentIntercom(instance, { client, registry: undefined, hosts: undefined, recorders: [recorder] });
const retry = intercomRetry({ retries: undefined, deadlineSeconds: 30 });
axiosRetry(instance, retry);
retry.throttle(instance);
const measured: typeof fetch = intercomFetch({ client, registry: new Registry() });
void measured;
// @ts-expect-error a name that is no option is refused
instrumentIntercom(instance, { cleint: "x" });
// @ts-expect-error and so is a value of the wrong type
instrumentIntercom(instance, { httpSpans: "none" });
`;
