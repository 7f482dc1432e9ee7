import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios from "axios";
import fc from "fast-check";
import { Registry } from "prom-client";
import { text } from "../arbitraries/text.ts";
import { anything } from "../arbitraries/values.ts";
import { URLS } from "../corpus.ts";
import { findSecret } from "../secrets.ts";
import type { Target } from "./target.ts";

const options = fc.record(
  {
    client: fc.oneof(fc.constantFrom("support", "billing"), fc.integer(), fc.constant(null)),
    hosts: fc.oneof(fc.array(fc.oneof(fc.constantFrom(...URLS), text), { maxLength: 3 }), anything),
    registry: fc.oneof(fc.constant(false), anything),
    meter: anything,
    durationPerOperation: anything,
    spans: anything,
    httpSpans: fc.oneof(fc.constantFrom("nest", "suppress"), anything),
    propagateTraceContext: anything,
    expectedStatuses: fc.oneof(fc.array(fc.integer({ min: 390, max: 610 }), { maxLength: 3 }), anything),
    onOutcome: anything,
    cleint: anything,
  },
  { requiredKeys: [] },
);

const NAMED =
  /^(?:options|client|hosts|registry|meter|durationPerOperation|spans|httpSpans|propagate|expected|onOutcome)/;

/** A set-up either works or throws a TypeError that begins with what is wrong and holds no credentials. */
export const optionsTarget: Target = {
  name: "options",
  weight: 1,
  async run(parameters) {
    const property = fc.property(options, (given) => {
      const registry = "registry" in given ? {} : { registry: new Registry() };
      try {
        instrumentIntercom(axios.create(), { ...given, ...registry } as never).detach();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        if (!NAMED.test(error.message)) throw new Error(`it does not name the option: ${error.message}`);
        const secret = findSecret(error.message);
        if (secret !== undefined)
          throw new Error(`the message holds the secret "${secret}": ${error.message}`);
      }
    });
    await fc.assert(property, parameters);
  },
};
