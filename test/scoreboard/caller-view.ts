import type { AxiosError, AxiosResponse } from "axios";

/** How one call settled, in words that do not change from run to run. */
export interface CallerView {
  readonly settled: "resolved" | "rejected";
  readonly value: unknown;
}

/** Differ between two runs of the same thing. */
const CHANGING_HEADERS: ReadonlySet<string> = new Set(["date", "x-ratelimit-reset"]);
const PORT = /(127\.0\.0\.1|localhost|\[::1\]):\d+/g;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function describeData(data: unknown): unknown {
  if (data instanceof Uint8Array) return Buffer.from(data).toString("base64");
  if (isObject(data) && typeof data.pipe === "function") return "a stream";
  return data;
}

function describeResponse({ status, statusText, headers, data }: AxiosResponse): unknown {
  const kept = Object.entries(headers).filter(([name]) => !CHANGING_HEADERS.has(name));
  return { status, statusText, headers: Object.fromEntries(kept), data: describeData(data) };
}

const isResponse = (value: unknown): value is AxiosResponse =>
  isObject(value) && typeof value.status === "number" && isObject(value.headers) && "config" in value;

function describeError(error: AxiosError): unknown {
  return {
    kind: error.constructor.name,
    name: error.name,
    message: error.message,
    code: error.code,
    isAxiosError: error.isAxiosError,
    hasConfig: error.config !== undefined,
    response: error.response && describeResponse(error.response),
  };
}

function describe(value: unknown): unknown {
  if (value instanceof Error) return describeError(value as AxiosError);
  return isResponse(value) ? describeResponse(value) : describeData(value);
}

/** Takes down how a call settled. */
export async function viewCall(call: Promise<unknown>): Promise<CallerView> {
  const view = await call.then(
    (value): CallerView => ({ settled: "resolved", value: describe(value) }),
    (error): CallerView => ({ settled: "rejected", value: describe(error) }),
  );
  return JSON.parse(JSON.stringify(view).replace(PORT, "$1:port")) as CallerView;
}
