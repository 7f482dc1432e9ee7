import type { Operation } from "../classify/index.ts";
import { createTargetReader, DEFAULT_API_HOSTS, findOperation } from "../classify/index.ts";
import { isObject } from "../is-object.ts";

type Fields = Record<PropertyKey, unknown>;

/** What intercom-client 6 and 7 report instead of a status when the caller ended the request, and when nothing came. */
const CANCELED_STATUS = 499;
const NO_STATUS = 0;

/** Fern's templates name parameters differently from Intercom's; both are one segment. */
const TIMEOUT_MESSAGE = /^Timeout exceeded when calling ([A-Z]{1,10}) (\/[\w/{}.-]{0,200}?)\.?$/;

const readTarget = createTargetReader(DEFAULT_API_HOSTS);

/** An error of intercom-client 6 or 7 for which no response is known. */
export interface SdkFailure {
  readonly kind: "timeout" | "canceled" | "unknown";
  readonly message: string;
  readonly operation?: Operation | undefined;
}

function operationOf(message: string): Operation | undefined {
  const [, method, path] = TIMEOUT_MESSAGE.exec(message) ?? [];
  const target = path === undefined ? undefined : readTarget(`https://api.intercom.io${path}`);
  return target && method !== undefined ? findOperation(method, target) : undefined;
}

/** Versions 6 and 7 say it by a class whose `name` is "Error", or by the reason with which they abort, as JSON. */
function isTimeout(error: Fields, message: string): boolean {
  const isTimeoutClass = isObject(error.constructor) && error.constructor.name === "IntercomTimeoutError";
  return isTimeoutClass || message === '"timeout"';
}

/** @returns `undefined` for any other error. */
export function readSdkFailure(caught: unknown): SdkFailure | undefined {
  if (!isObject(caught)) return undefined;
  const message = typeof caught.message === "string" ? caught.message : "";
  if (isTimeout(caught, message)) return { kind: "timeout", message, operation: operationOf(message) };
  const { rawResponse, statusCode } = caught;
  if (!isObject(rawResponse) || typeof statusCode === "number") return undefined;
  if (rawResponse.status === CANCELED_STATUS) return { kind: "canceled", message };
  return rawResponse.status === NO_STATUS ? { kind: "unknown", message } : undefined;
}
