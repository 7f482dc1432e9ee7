import { explainIntercomError } from "@intercom-telemetry/axios";
import fc from "fast-check";
import { failure, thrownValue, toError } from "../arbitraries/failures.ts";
import { requestConfig } from "../arbitraries/requests.ts";
import { body, givenResponse } from "../arbitraries/responses.ts";
import { findSecret } from "../secrets.ts";
import type { Target } from "./target.ts";

const withConfig = fc
  .tuple(failure, requestConfig)
  .map(([given, config]) => Object.assign(toError(given), { config }));

const sdkError = fc
  .tuple(failure, givenResponse)
  .map(([given, { status, headers, data }]) =>
    Object.assign(toError(given), { statusCode: status, body: data, rawResponse: { status, headers } }),
  );

const caught = fc.oneof(withConfig, sdkError, givenResponse, body, thrownValue);

/** Whatever was caught, it is explained in words that may be logged. */
export const explanationsTarget: Target = {
  name: "explanations",
  weight: 2,
  async run(parameters) {
    const property = fc.property(caught, (error) => {
      const explanation = explainIntercomError(error);
      const explained = JSON.stringify(explanation);
      const secret = findSecret(explained);
      if (secret !== undefined) throw new Error(`the explanation holds the secret "${secret}": ${explained}`);
      if (explanation.cause === "" || explanation.action === "")
        throw new Error(`it explains nothing: ${explained}`);
      if (/[\r\n]/.test(explanation.line)) throw new Error(`it takes more than one line: ${explained}`);
    });
    await fc.assert(property, parameters);
  },
};
