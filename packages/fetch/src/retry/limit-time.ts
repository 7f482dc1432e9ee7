import { isObject } from "@intercom-telemetry/core/record";
import type { FetchArguments, FetchRequest } from "../outgoing-request.ts";

/** Arguments of an attempt that ends by itself. */
export interface LimitedArguments {
  readonly args: FetchArguments;
  /** The response is here: its body may take as long as it takes. */
  lift(): void;
}

const isSignal = (value: unknown): value is AbortSignal =>
  isObject(value) && typeof value.addEventListener === "function";

/** What fetch reads of an init. One that is a Request or of a class has these as inherited getters. */
const FIELDS = [
  "method",
  "headers",
  "body",
  "redirect",
  "referrer",
  "referrerPolicy",
  "mode",
  "credentials",
  "cache",
  "integrity",
  "keepalive",
  "duplex",
];

function copyInit(init: unknown): RequestInit {
  if (!isObject(init)) return {};
  const copy: Record<PropertyKey, unknown> = { ...init };
  for (const field of FIELDS) if (field in init) copy[field] = init[field];
  return copy;
}

/** A retry has as much time for its headers as is left of the call. */
export function limitTime({ args, signal }: FetchRequest, seconds: number): LimitedArguments {
  const controller = new AbortController();
  const end = (): void =>
    controller.abort(new DOMException("The deadline of the call has passed", "TimeoutError"));
  const timer = setTimeout(end, Math.max(1, Math.ceil(seconds * 1000)));
  const signals = isSignal(signal) ? [signal, controller.signal] : [controller.signal];
  const [input, init] = args;
  return {
    args: [input, { ...copyInit(init), signal: AbortSignal.any(signals) }],
    lift: () => clearTimeout(timer),
  };
}
