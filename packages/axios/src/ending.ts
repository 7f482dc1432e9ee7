import type { Ending } from "@intercom-telemetry/core";
import { headerReader, isObject, toFailureCode } from "@intercom-telemetry/core/record";
import type { RequestConfig, ResponseLike } from "./axios-types.ts";

/** Stands for a response that throws when it is looked at. */
export const UNREADABLE: Ending = { failureCode: "network_error" };

const SLASH = 47;

/** Some adapters leave a response with status 0 on the error of a request that failed. */
const isResponse = (value: unknown): value is ResponseLike & { status: number } =>
  isObject(value) && typeof value.status === "number" && value.status >= 100;

/** axios-cache-interceptor marks its own responses: no request was made. */
export function isCached(response: unknown): boolean {
  return isObject(response) && response.cached === true;
}

/**
 * Where the response came from after redirects, when the adapter says so: follow-redirects on Node's response,
 * XMLHttpRequest on the request. The fetch adapter does not.
 */
function finalUrlOf({ request }: ResponseLike): string | undefined {
  if (!isObject(request)) return undefined;
  const url = isObject(request.res) ? request.res.responseUrl : request.responseURL;
  return typeof url === "string" && url !== "" ? url : undefined;
}

/** Whether a URL lies below one that has no slash at its end. */
const isBelow = (base: string, url: string): boolean =>
  url.startsWith(base) && url.charCodeAt(base.length) === SLASH;

/**
 * The ending of a request that the adapter resolved.
 *
 * @param isOtherHost whether a URL leads away from Intercom.
 * @param base where the request went, when that is known to be Intercom: it costs less to compare.
 */
export function endingOfResponse(
  response: unknown,
  isOtherHost: (url: string) => boolean,
  base?: string,
): Ending {
  if (!isResponse(response)) return UNREADABLE;
  const finalUrl = finalUrlOf(response);
  const isKnown = finalUrl === undefined || (base !== undefined && isBelow(base, finalUrl));
  return {
    status: response.status,
    headers: headerReader(response.headers),
    body: response.data,
    fromOtherHost: !isKnown && isOtherHost(finalUrl),
  };
}

/** Codes of an error that only says: the caller does not accept this status. */
const STATUS_CODES: ReadonlySet<unknown> = new Set([undefined, null, "ERR_BAD_REQUEST", "ERR_BAD_RESPONSE"]);

/**
 * Newer versions of axios attach the response also when its body was cut off. Such a response never got its data, and
 * the error says what happened.
 */
function isBodyAborted(error: Record<PropertyKey, unknown>, response: ResponseLike): boolean {
  if (response.data !== undefined) return false;
  return error.message === "stream has been aborted" || !STATUS_CODES.has(error.code);
}

/**
 * Whether an error only says that a good response could not be parsed: the transform threw it, after the adapter had
 * done its work.
 */
export function isParsingError(error: unknown): boolean {
  return isObject(error) && (error.name === "SyntaxError" || error.code === "E_JSON_PARSE");
}

/** The HTTP adapter reports a body that its time limit cut off as any other body that was cut off. */
function isCutByTimeout({ timeout }: RequestConfig, elapsedMilliseconds: number): boolean {
  return typeof timeout === "number" && timeout > 0 && elapsedMilliseconds >= timeout;
}

/**
 * The ending of a request that the adapter rejected: with a whole response it is still a response.
 *
 * @param elapsedMilliseconds how long the attempt has taken, where that is known.
 */
export function endingOfError(
  error: unknown,
  config: RequestConfig,
  isOtherHost: (url: string) => boolean,
  elapsedMilliseconds = 0,
): Ending {
  if (isObject(error) && isResponse(error.response) && !isBodyAborted(error, error.response)) {
    return endingOfResponse(error.response, isOtherHost);
  }
  const code = toFailureCode(error, config.signal);
  const isTimeout = code === "response_incomplete" && isCutByTimeout(config, elapsedMilliseconds);
  return { failureCode: isTimeout ? "timeout" : code };
}
