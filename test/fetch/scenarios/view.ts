/** Differ between two runs of the same thing. */
const PORT = /(127\.0\.0\.1|localhost|\[::1\]):\d+/g;
const TIME = /("\w+_at\\?": ?)\d{10}/g;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** A response's headers by name: their values have times in them. */
function describeRawResponse(raw: unknown): unknown {
  if (!isObject(raw)) return raw;
  const { headers, status, statusText, redirected, type } = raw;
  const names = isObject(headers) && typeof headers.keys === "function" ? [...headers.keys()] : [];
  return { status, statusText, redirected, type, headers: names };
}

function describeError(error: Error): unknown {
  const { statusCode, body, rawResponse, code } = error as Error & Record<string, unknown>;
  return {
    class: error.constructor.name,
    name: error.name,
    message: error.message,
    code,
    cause: isObject(error.cause) ? [error.cause.name, error.cause.code] : error.cause,
    statusCode,
    body,
    rawResponse: describeRawResponse(rawResponse),
  };
}

/** How a call settled, in a form that two runs can be compared by. */
export async function viewOf(call: Promise<unknown>): Promise<unknown> {
  const view = await call.then(
    (value) => ({ resolved: value }),
    (error: unknown) => ({ rejected: error instanceof Error ? describeError(error) : error }),
  );
  return JSON.parse(JSON.stringify(view).replace(PORT, "$1:port").replace(TIME, "$10"));
}
