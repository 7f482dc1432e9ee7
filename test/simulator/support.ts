import { type Simulator, type SimulatorOptions, startSimulator } from "@intercom-telemetry/simulator";
import { onTestFinished } from "vitest";

/** A simulator that is closed when the test ends. */
export async function start(options?: SimulatorOptions): Promise<Simulator> {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.close());
  return simulator;
}

/** What a call needs beside the path. */
export interface CallOptions {
  readonly method?: string;
  readonly token?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly redirect?: "manual";
}

/** Sends a request as a client with the demo token; `token: null` sends none. */
export function call(simulator: Simulator, path: string, options: CallOptions = {}): Promise<Response> {
  const {
    token = "demo-token",
    body,
    headers,
    method = body === undefined ? "GET" : "POST",
    ...rest
  } = options;
  return fetch(simulator.url + path, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    ...rest,
  });
}

/** Status, headers and parsed body of a response. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** `undefined` when it was empty. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  /** Of the first error. */
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** Like {@link call}, with the body parsed. */
export async function ask(simulator: Simulator, path: string, options?: CallOptions): Promise<Reply> {
  const response = await call(simulator, path, options);
  const text = await response.text();
  const body = text === "" ? undefined : JSON.parse(text);
  const { code, message } = body?.errors?.[0] ?? {};
  return { status: response.status, headers: response.headers, body, code, message };
}

/** A clock that a test sets; milliseconds since the epoch. */
export function createClock(startMilliseconds = 1_700_000_000_000) {
  let now = startMilliseconds;
  return {
    epochMilliseconds: () => now,
    advanceSeconds(seconds: number) {
      now += seconds * 1000;
    },
  };
}
