import {
  boolean,
  byKey,
  filledString,
  integer,
  list,
  number,
  object,
  oneOf,
  optional,
  refine,
  type Shape,
} from "@intercom-telemetry/guards/shape";
import * as Delivery from "./delivery-action.ts";
import type { FaultAction, FaultMatch, FaultRule, FaultScript } from "./fault-script.ts";
import type { ResponseAction } from "./response-action.ts";
import { RESPONSE_SHAPES } from "./response-shapes.ts";

const response = { response: optional(byKey<ResponseAction, "kind">("kind", RESPONSE_SHAPES)) };
const seconds = number(0, 3600);
const kind = <K extends string>(name: K) => oneOf([name] as const);

const action = byKey<FaultAction, "kind">("kind", {
  ...RESPONSE_SHAPES,
  pass: object({ kind: kind("pass") }),
  reset: object<Delivery.ResetAction>({ kind: kind("reset") }),
  hang: object<Delivery.HangAction>({ kind: kind("hang") }),
  cut_body: object<Delivery.CutBodyAction>({
    kind: kind("cut_body"),
    chunked: optional(boolean),
    ...response,
  }),
  stalled_body: object<Delivery.StalledBodyAction>({ kind: kind("stalled_body"), ...response }),
  large_body: object<Delivery.LargeBodyAction>({
    kind: kind("large_body"),
    bytes: integer(1, 2 ** 31),
    ...response,
  }),
  slow_headers: object<Delivery.SlowHeadersAction>({ kind: kind("slow_headers"), seconds, ...response }),
  slow_body: object<Delivery.SlowBodyAction>({ kind: kind("slow_body"), seconds, ...response }),
  gzip: object<Delivery.GzipAction & { readonly kind: "gzip" }>({ kind: kind("gzip"), ...response }),
  corrupt_gzip: object<Delivery.GzipAction & { readonly kind: "corrupt_gzip" }>({
    kind: kind("corrupt_gzip"),
    ...response,
  }),
  rate_headers: object<Delivery.RateHeadersAction>({
    kind: kind("rate_headers"),
    fault: oneOf(Delivery.RATE_HEADER_FAULTS),
    ...response,
  }),
});

const rule = object<FaultRule>({
  match: optional(
    object<FaultMatch>({
      method: optional(filledString),
      urlTemplate: optional(filledString),
      path: optional(filledString),
      host: optional(oneOf(["api", "storage"] as const)),
      app: optional(filledString),
    }),
  ),
  skip: optional(integer(0, 1e9)),
  times: optional(integer(1, 1e9)),
  probability: optional(number(0, 1)),
  action: optional(action),
  sequence: optional(list(action, 1)),
});

const oneSource = refine(rule, ({ action: single, sequence, times }, path, report) => {
  if ((single === undefined) === (sequence === undefined)) {
    const got = single === undefined ? "neither" : "both";
    report(path, `expected either action or sequence, got ${got}`);
  }
  if (sequence && times !== undefined)
    report([...path, "times"], `expected no times beside a sequence, which ends by itself, got ${times}`);
});

/** A script that came from outside. */
export const SCRIPT: Shape<FaultScript> = object<FaultScript>({ rules: list(oneSource) });
