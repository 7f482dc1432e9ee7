import type { Outcome, RetryCall, RetryEnvironment } from "@intercom-telemetry/core";
import { RetryPolicy, resolveRetryOptions } from "@intercom-telemetry/core";
import type { HerdResponse } from "./herd-server.ts";
import { callOn, outcomeOf } from "./outcomes.ts";

/** What a process has to do with the rest of the world. */
export interface HerdContext {
  readonly environment: RetryEnvironment;
  readonly wait: (seconds: number) => Promise<void>;
  readonly send: () => Promise<HerdResponse>;
}

/** One process that calls through a retry policy with throttle. */
export class HerdProcess {
  readonly #policy: RetryPolicy;
  readonly #context: HerdContext;

  constructor(context: HerdContext) {
    this.#policy = new RetryPolicy(resolveRetryOptions({}), context.environment);
    this.#context = context;
  }

  /** One call with its retries. */
  async call(): Promise<void> {
    const startedMilliseconds = this.#policy.nowMilliseconds();
    for (let retryCount = 0; ; retryCount += 1) {
      const call = callOn("GET", "/me", { startedMilliseconds, retryCount, mostRetries: 4 });
      const outcome = await this.#attempt(call);
      const decision = outcome.error && this.#policy.decide(outcome, call);
      if (!decision?.retry) return;
      await this.#context.wait(decision.delaySeconds);
    }
  }

  async #attempt(call: RetryCall): Promise<Outcome> {
    await this.#policy.throttle(call);
    const sentMilliseconds = this.#policy.nowMilliseconds();
    const { status, headers } = await this.#context.send();
    const ending = { status, code: "rate_limit_exceeded", headers };
    const outcome = {
      ...outcomeOf(ending, call.operation, call.retryCount),
      durationSeconds: (this.#policy.nowMilliseconds() - sentMilliseconds) / 1000,
    };
    this.#policy.recordEnd(outcome);
    return outcome;
  }
}
