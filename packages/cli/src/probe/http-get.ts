import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import type { Clock } from "./clock.ts";
import { openConnection, proxyAuthorization } from "./connect.ts";
import { type PhaseSeconds, type Stopwatch, startStopwatch } from "./phases.ts";
import { type Environment, proxyFor } from "./proxy.ts";

/** What every request of a probe needs from around it. */
export interface ProbeContext {
  readonly clock: Clock;
  readonly env: Environment;
  /** Told of each secret that is read, so that no output repeats it. */
  readonly learnSecret: (secret: string) => void;
  /** For one request from the lookup of the name to the last byte. */
  readonly timeoutSeconds: number;
  /** Ends what is under way. */
  readonly signal?: AbortSignal;
}

/** One GET. */
export interface GetRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of the body to read at most; the rest is not waited for. */
  readonly maxBodyBytes: number;
}

/** A response arrived. */
export interface GetResponse {
  readonly arrived: true;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body, or its beginning. */
  readonly body: string;
  readonly bodyIsWhole: boolean;
  readonly phases: PhaseSeconds;
  /** Local wall clock halfway between sending the request and its first byte, and how far off that can be. */
  readonly servedEpochSeconds: number;
  readonly servedToleranceSeconds: number;
}

/** None did. */
export interface GetFailure {
  readonly arrived: false;
  /** Node's code, or a transport code. */
  readonly code: string;
  /** The phases that were finished. */
  readonly phases: PhaseSeconds;
}

function awaitResponse(socket: Socket, get: GetRequest, proxy: URL | undefined): Promise<IncomingMessage> {
  const { url } = get;
  const throughProxy = proxy && url.protocol === "http:";
  const path = throughProxy ? url.href : `${url.pathname}${url.search}`;
  const headers = { ...get.headers, host: url.host, ...(throughProxy && proxyAuthorization(proxy)) };
  return new Promise((resolve, reject) => {
    const outgoing = request({ createConnection: () => socket, method: "GET", path, headers });
    outgoing.once("response", resolve);
    outgoing.on("error", reject);
    outgoing.end();
  });
}

async function readBody(
  response: IncomingMessage,
  maxBytes: number,
): Promise<{ body: string; isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > maxBytes) break;
    }
  } catch {
    throw Object.assign(new Error("the response was cut off"), { code: "response_incomplete" });
  }
  return { body: Buffer.concat(chunks).subarray(0, maxBytes).toString(), isWhole: length <= maxBytes };
}

async function send(
  get: GetRequest,
  context: ProbeContext,
  stopwatch: Stopwatch,
  signal: AbortSignal,
): Promise<GetResponse> {
  const proxy = proxyFor(get.url, context.env);
  if (proxy) context.learnSecret(decodeURIComponent(proxy.password));
  const socket = await openConnection(get.url, proxy, stopwatch, signal);
  const abort = () => socket.destroy(new Error("aborted"));
  signal.addEventListener("abort", abort);
  try {
    signal.throwIfAborted();
    const sentEpochSeconds = context.clock.epochSeconds();
    const response = await awaitResponse(socket, get, proxy);
    stopwatch.lap("first_byte");
    const respondedEpochSeconds = context.clock.epochSeconds();
    const { body, isWhole } = await readBody(response, get.maxBodyBytes);
    return {
      arrived: true,
      status: response.statusCode ?? 0,
      headers: response.headers,
      body,
      bodyIsWhole: isWhole,
      phases: stopwatch.read(),
      servedEpochSeconds: (sentEpochSeconds + respondedEpochSeconds) / 2,
      servedToleranceSeconds: Math.abs(respondedEpochSeconds - sentEpochSeconds) / 2,
    };
  } finally {
    signal.removeEventListener("abort", abort);
    socket.destroy();
  }
}

/** Aborts at the timeout or with the caller; unlike `AbortSignal.any` it leaves nothing behind on a long-lived signal. */
function startDeadline({ timeoutSeconds, signal }: ProbeContext): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, timeoutSeconds * 1000);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  };
  return { signal: controller.signal, end };
}

/**
 * Sends one GET on a separate connection, through the proxy that the environment names, and times its phases.
 * Never rejects: whatever goes wrong is a `GetFailure`.
 */
export async function httpGet(get: GetRequest, context: ProbeContext): Promise<GetResponse | GetFailure> {
  const stopwatch = startStopwatch(context.clock);
  const deadline = startDeadline(context);
  try {
    return await send(get, context, stopwatch, deadline.signal);
  } catch (error) {
    const { code = "network_error" } = error as NodeJS.ErrnoException;
    const ended = context.signal?.aborted ? "canceled" : "timeout";
    return { arrived: false, code: deadline.signal.aborted ? ended : code, phases: stopwatch.read() };
  } finally {
    deadline.end();
  }
}
