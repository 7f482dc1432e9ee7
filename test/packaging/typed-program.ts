/** A user's program that has to be accepted by the type checker, mistakes in the right places included. */
export const TYPED_PROGRAM = `
import axios from "axios";
import { Registry } from "prom-client";
import { lookupError, type ErrorDescription } from "@intercom-telemetry/core";
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
// @ts-expect-error a name that is no option is refused
instrumentIntercom(instance, { cleint: "x" });
// @ts-expect-error and so is a value of the wrong type
instrumentIntercom(instance, { httpSpans: "none" });
`;
