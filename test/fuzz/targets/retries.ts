import { intercomRetry } from "@intercom-telemetry/axios/retry";
import { trace } from "@opentelemetry/api";
import fc from "fast-check";
import { failure, thrownValue, toError } from "../arbitraries/failures.ts";
import { requestConfig } from "../arbitraries/requests.ts";
import { findSecret } from "../secrets.ts";
import type { Watch } from "../watch.ts";
import type { Target } from "./target.ts";

const DEADLINE_SECONDS = 60;

const retryState = fc.oneof(
  fc.record({ retryCount: fc.nat(5), lastRequestTime: fc.constant(Date.now()) }),
  fc.constantFrom<unknown>(undefined, null, "x", 7, {}, { retryCount: -1 }, { intercom: 1 }),
);

/** What axios-retry hands to its conditions: an error with the configuration of its request. */
const caught = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.tuple(failure, requestConfig, retryState).map(([given, config, state]) => {
      // Canceled, so that no run waits for its retry.
      const sent = { ...config, signal: AbortSignal.abort(), "axios-retry": state };
      return Object.assign(toError(given), { config: sent });
    }),
  },
  { weight: 1, arbitrary: thrownValue },
);

/** What the policy keeps in a configuration. */
interface KeptCall {
  readonly delay?: { readonly seconds: number };
}

const keptCall = (config: object | undefined): KeptCall | undefined =>
  (config as { "intercom-telemetry"?: KeptCall } | undefined)?.["intercom-telemetry"];

function checkDelay(seconds: number | undefined): void {
  const isSane = seconds !== undefined && seconds >= 0 && seconds <= DEADLINE_SECONDS;
  if (!isSane) throw new Error(`a wait of ${seconds} s`);
}

function checkTimeout(config: { timeout?: unknown }): void {
  const { timeout } = config;
  const isSane = Number.isInteger(timeout) && Number(timeout) >= 1;
  if (!isSane || Number(timeout) > DEADLINE_SECONDS * 1000) throw new Error(`a timeout of ${timeout} ms`);
}

/** Everything of an error that a caller can see, but for what the policy may write into its configuration. */
function describe(error: unknown): readonly unknown[] {
  if (!(error instanceof Error)) return [error];
  const members = Object.entries(error).filter(([name]) => name !== "config");
  return [error.message, ...members.flat()];
}

function refuseChange(before: readonly unknown[], after: readonly unknown[]): void {
  const isSame =
    before.length === after.length && before.every((each, index) => Object.is(each, after[index]));
  if (!isSame) throw new Error("the error that the caller gets was changed");
}

/** Whatever a request ended with, the policy decides, waits a bounded time and leaves the error as it was. */
export function createRetryTarget(watch: Watch): Target {
  const policies = [false, true].map((replayUnknownWrites) =>
    intercomRetry({ deadlineSeconds: DEADLINE_SECONDS, replayUnknownWrites }),
  );
  const tracer = trace.getTracer("caller");
  const decide = (error: unknown, policy: (typeof policies)[number]): void => {
    const before = describe(error);
    const { config } = (typeof error === "object" && error !== null ? error : {}) as { config?: object };
    if (policy.retryCondition(error)) {
      checkDelay(keptCall(config)?.delay?.seconds);
      policy.onRetry(1, error, config ?? {});
      checkTimeout(config ?? {});
      const kept = JSON.stringify({ ...keptCall(config) });
      const secret = findSecret(kept);
      if (secret !== undefined) throw new Error(`the call's state holds the secret "${secret}": ${kept}`);
    } else policy.onMaxRetryTimesExceeded(error);
    refuseChange(before, describe(error));
  };
  return {
    name: "retries",
    weight: 2,
    async run(parameters) {
      const property = fc.property(caught, fc.constantFrom(...policies), (error, policy) => {
        tracer.startActiveSpan("call", (span) => {
          decide(error, policy);
          span.end();
        });
        watch.checkCallerSpans();
      });
      await fc.assert(property, parameters);
    },
  };
}
