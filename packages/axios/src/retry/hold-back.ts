import type { RequestConfig } from "../axios-types.ts";
import { isCached } from "../ending.ts";
import { isObject } from "../is-object.ts";
import type { Clocks } from "./decide.ts";
import { timeOf } from "./decide.ts";
import { Hold } from "./hold.ts";
import type { JudgedFailure } from "./judge-failure.ts";
import { sleep } from "./sleep.ts";
import type { WaitSettings } from "./wait.ts";

/** One side of an axios instance's interceptors. */
interface Interceptors {
  // biome-ignore lint/suspicious/noExplicitAny: what passes differs from version to version of axios
  use(onFulfilled: (value: any) => any, onRejected?: (error: any) => any): number;
  eject(id: number): void;
}

/** An axios instance, as far as it is needed here. */
export interface InterceptedInstance {
  interceptors: { request: Interceptors; response: Interceptors };
}

/** What the policy and the interceptors share. */
export interface Holding {
  readonly settings: WaitSettings;
  readonly clocks: Clocks;
  /** Takes anything with a `config` and, when an answer came, a `response`. */
  readonly judge: (exchange: unknown) => JudgedFailure | undefined;
  /** What the plan has heard of: an answer passes the interceptors of a resend and then those of the first send. */
  readonly seen: WeakSet<object>;
}

async function waitForRoom(config: RequestConfig, { settings, clocks }: Holding): Promise<void> {
  const hold = new Hold(config, settings, clocks);
  let waited = false;
  for (let seconds = hold.next(); seconds !== undefined; seconds = hold.next()) {
    waited = true;
    // A canceled request goes on to axios, which rejects it in its own way.
    if (await sleep(seconds, config.signal)) break;
  }
  hold.giveBackPlace();
  if (waited) hold.note();
}

/**
 * Tells the plan, once, that a request has ended, and what its answer says of the quota.
 *
 * @param ended what passes the interceptors.
 * @param exchange the same with `config` and `response`, for the judge.
 */
export function hear(ended: unknown, exchange: unknown, { settings, clocks, judge, seen }: Holding): void {
  if (isObject(ended)) {
    if (isCached(ended) || seen.has(ended)) return;
    seen.add(ended);
  }
  const judged = judge(exchange);
  if (!judged) {
    // Another interceptor has put something else in the answer's place: all that is known is that it came.
    settings.plan.noteEnd(clocks.epochMilliseconds() / 1000);
    return;
  }
  const { serverEpochSeconds, localEpochSeconds } = timeOf(judged, clocks);
  settings.plan.observe(judged.outcome.rateLimit, serverEpochSeconds, localEpochSeconds);
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // What cannot be read teaches the plan nothing; the caller must not notice.
  }
}

/** Puts the interceptors on. @returns a function that takes them off. */
export function holdBack({ interceptors }: InterceptedInstance, holding: Holding): () => void {
  const request = interceptors.request.use(async (config: RequestConfig) => {
    try {
      if (holding.judge({ config })) await waitForRoom(config, holding);
    } catch {
      // A configuration that cannot be read is not held.
    }
    return config;
  });
  const response = interceptors.response.use(
    (answer: unknown) => {
      const config = isObject(answer) ? answer.config : undefined;
      quietly(() => hear(answer, { config, response: answer }, holding));
      return answer;
    },
    (error: unknown) => {
      quietly(() => hear(error, error, holding));
      throw error;
    },
  );
  return () => {
    interceptors.request.eject(request);
    interceptors.response.eject(response);
  };
}
