import { parseJsonObject } from "@intercom-telemetry/guards/json";
import { CommandFailure } from "../../errors/exit-codes.ts";
import type { Series } from "./episodes.ts";

/** Moments of a range query, in seconds since the epoch. */
export interface Moments {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly stepSeconds: number;
}

/** Asks a store for the values of an expression at some moments. */
export type QueryRange = (expr: string, moments: Moments) => Promise<readonly Series[]>;

/** The store could not carry so much at once: asking for a shorter time may help. */
export class TooMuchError extends CommandFailure {
  override readonly name = "TooMuchError";
}

/** How to reach a store that speaks Prometheus's API. */
export interface StoreOptions {
  readonly url: string;
  /** Value of the header `Authorization`. */
  readonly authorization?: string | undefined;
  /** A query that takes longer is given up. Default 60. */
  readonly timeoutSeconds?: number | undefined;
  /** A response that is longer is given up. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
}

const DEFAULT_TIMEOUT_SECONDS = 60;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const MOST_SHOWN = 200;
/** Too many samples (422), a timeout of the store or of a proxy before it, too large. */
const TOO_MUCH_STATUSES: readonly number[] = [413, 422, 503, 504];
const TOO_MUCH_MESSAGE = /sample|timed? ?out|too (many|large|long)|limit|exceed|memory/i;

async function readText(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new TooMuchError(`the response is longer than ${maxBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

interface RangeSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

interface RangeBody {
  readonly error?: unknown;
  readonly data?: { readonly resultType?: unknown; readonly result?: readonly RangeSeries[] };
}

const parseBody = (text: string): RangeBody | undefined => parseJsonObject(text);

const parseValue = (text: string): number => Number(text.replace("Inf", "Infinity"));

function toSeries({ data }: RangeBody): readonly Series[] | undefined {
  if (data?.resultType !== "matrix") return undefined;
  return data.result?.map(({ metric: { __name__: _, ...labels }, values }) => ({
    labels,
    samples: values.map(([time, text]) => [time, parseValue(text)] as const),
  }));
}

function refuse(status: number, text: string, query: string): never {
  const { error } = parseBody(text) ?? {};
  // VictoriaMetrics repeats the query, in which anything may stand.
  const reason = String(error ?? text).replace(JSON.stringify(query), "...");
  const message = `status ${status}: ${reason.slice(0, MOST_SHOWN)}`;
  if (TOO_MUCH_STATUSES.includes(status) && TOO_MUCH_MESSAGE.test(message)) throw new TooMuchError(message);
  throw new CommandFailure(message);
}

function describe(error: unknown, timeoutSeconds: number): Error {
  if (error instanceof CommandFailure) return error;
  const { name, cause } = error instanceof Error ? error : new Error();
  if (name === "TimeoutError") return new TooMuchError(`no response within ${timeoutSeconds} s`);
  // The message of the cause repeats the name of the host.
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "network error";
  return new CommandFailure(`--store: no response: ${code}`, { cause: error });
}

/**
 * Prometheus, VictoriaMetrics, Mimir, Thanos: anything with `/api/v1/query_range`. Bounded in bytes and time; a
 * redirect is not followed, so that the credentials stay where they were meant for.
 */
export function connectStore(options: StoreOptions): QueryRange {
  const { url, authorization, timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = options;
  const endpoint = `${url.replace(/(?<!\/)\/+$/, "")}/api/v1/query_range`;
  return async (query, { startSeconds, endSeconds, stepSeconds }) => {
    const body = new URLSearchParams({
      query,
      start: String(startSeconds),
      end: String(endSeconds),
      step: String(stepSeconds),
      // VictoriaMetrics would move the moments of a query that it may cache.
      nocache: "1",
    });
    try {
      const response = await fetch(endpoint, {
        method: "POST",
        body,
        redirect: "error",
        signal: AbortSignal.timeout(timeoutSeconds * 1000),
        ...(authorization === undefined ? {} : { headers: { authorization } }),
      });
      const text = await readText(response, options.maxBytes ?? DEFAULT_MAX_BYTES);
      if (!response.ok) refuse(response.status, text, query);
      const series = toSeries(parseBody(text) ?? {});
      if (series === undefined)
        throw new CommandFailure("--store: expected the response of a range query, got something else");
      return series;
    } catch (error) {
      throw describe(error, timeoutSeconds);
    }
  };
}
