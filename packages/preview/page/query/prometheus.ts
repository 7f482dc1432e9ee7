import type { Labels } from "@grafana/data";

/** One series of a range query: pairs of seconds since the epoch and a number as text. */
export interface RangeSeries {
  readonly metric: Labels;
  readonly values: readonly (readonly [number, string])[];
}

/** One series of an instant query. */
export interface InstantSeries {
  readonly metric: Labels;
  readonly value: readonly [number, string];
}

/** Single requests recorded with a series. */
export interface ExemplarSeries {
  readonly exemplars: readonly {
    readonly labels: Labels;
    readonly value: string;
    readonly timestamp: number;
  }[];
}

type Reply =
  | { readonly status: "success"; readonly data: unknown }
  | { readonly status: "error"; readonly error: string };

/** The browser's own message for a missing server does not help. */
function explainSilence(error: Error): never {
  if (error.name === "AbortError") throw error;
  throw new Error("The preview does not respond. Start it again, then reload this page.");
}

async function readReply(response: Response): Promise<Reply> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Reply;
  } catch {
    throw new Error(`Prometheus responded with ${response.status} and no JSON. Is its address right?`);
  }
}

async function ask(path: string, parameters: Record<string, string>, signal: AbortSignal): Promise<unknown> {
  const body = new URLSearchParams(parameters);
  const address = `/prometheus/api/v1/${path}`;
  const response = await fetch(address, { method: "POST", body, signal }).catch(explainSilence);
  const reply = await readReply(response);
  if (reply.status === "error") throw new Error(reply.error);
  return reply.data;
}

async function askVector(
  path: string,
  parameters: Record<string, string>,
  signal: AbortSignal,
): Promise<unknown> {
  const { resultType, result } = (await ask(path, parameters, signal)) as {
    resultType: string;
    result: unknown;
  };
  // A bare number, such as `time()`: a series without labels.
  return resultType === "scalar" ? [{ metric: {}, value: result }] : result;
}

/**
 * Asks for a picture over time.
 *
 * @throws Error with Prometheus's own message.
 */
export function queryRange(
  query: string,
  {
    startSeconds,
    endSeconds,
    stepSeconds,
  }: { startSeconds: number; endSeconds: number; stepSeconds: number },
  signal: AbortSignal,
): Promise<readonly RangeSeries[]> {
  const parameters = { query, start: `${startSeconds}`, end: `${endSeconds}`, step: `${stepSeconds}` };
  return askVector("query_range", parameters, signal) as Promise<readonly RangeSeries[]>;
}

/**
 * Asks for the values at one moment.
 *
 * @throws Error with Prometheus's own message.
 */
export function queryInstant(
  query: string,
  timeSeconds: number,
  signal: AbortSignal,
): Promise<readonly InstantSeries[]> {
  const parameters = { query, time: `${timeSeconds}` };
  return askVector("query", parameters, signal) as Promise<readonly InstantSeries[]>;
}

/**
 * Asks for exemplars.
 *
 * @throws Error with Prometheus's own message.
 */
export function queryExemplars(
  query: string,
  { startSeconds, endSeconds }: { startSeconds: number; endSeconds: number },
  signal: AbortSignal,
): Promise<readonly ExemplarSeries[]> {
  const parameters = { query, start: `${startSeconds}`, end: `${endSeconds}` };
  return ask("query_exemplars", parameters, signal) as Promise<readonly ExemplarSeries[]>;
}

/**
 * Asks for the values that a label has, in a series selector or anywhere.
 *
 * @throws Error with Prometheus's own message.
 */
export function queryLabelValues(
  label: string,
  selector: string | undefined,
  { startSeconds, endSeconds }: { startSeconds: number; endSeconds: number },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const parameters: Record<string, string> = { start: `${startSeconds}`, end: `${endSeconds}` };
  if (selector !== undefined) parameters["match[]"] = selector;
  return ask(`label/${label}/values`, parameters, signal) as Promise<readonly string[]>;
}
