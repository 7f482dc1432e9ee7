import { type Check, filledText, flag, integer, number, oneOf, optional, refuse } from "../checks/check.ts";
import { byKind, list, object } from "../checks/check-object.ts";
import { RESPONSE_CHECKS } from "./check-response-action.ts";
import * as Delivery from "./delivery-action.ts";
import type { FaultAction, FaultMatch, FaultRule, FaultScript } from "./fault-script.ts";
import type { ResponseAction } from "./response-action.ts";

const response = { response: optional(byKind<ResponseAction>(RESPONSE_CHECKS)) };
const seconds = number(0, 3600);
const kind = <K extends string>(name: K) => oneOf([name] as const);

const action = byKind<FaultAction>({
  ...RESPONSE_CHECKS,
  pass: object({ kind: kind("pass") }),
  reset: object<Delivery.ResetAction>({ kind: kind("reset") }),
  hang: object<Delivery.HangAction>({ kind: kind("hang") }),
  cut_body: object<Delivery.CutBodyAction>({ kind: kind("cut_body"), chunked: optional(flag), ...response }),
  stalled_body: object<Delivery.StalledBodyAction>({ kind: kind("stalled_body"), ...response }),
  large_body: object<Delivery.LargeBodyAction>({
    kind: kind("large_body"),
    bytes: integer(1, 2 ** 31),
    ...response,
  }),
  slow_headers: object<Delivery.SlowHeadersAction>({ kind: kind("slow_headers"), seconds, ...response }),
  slow_body: object<Delivery.SlowBodyAction>({ kind: kind("slow_body"), seconds, ...response }),
  gzip: object({ kind: kind("gzip"), ...response }),
  corrupt_gzip: object({ kind: kind("corrupt_gzip"), ...response }),
  rate_headers: object<Delivery.RateHeadersAction>({
    kind: kind("rate_headers"),
    fault: oneOf(Delivery.RATE_HEADER_FAULTS),
    ...response,
  }),
});

const rule = object<FaultRule>({
  match: optional(
    object<FaultMatch>({
      method: optional(filledText),
      urlTemplate: optional(filledText),
      path: optional(filledText),
      host: optional(oneOf(["api", "storage"] as const)),
      app: optional(filledText),
    }),
  ),
  skip: optional(integer(0, 1e9)),
  times: optional(integer(1, 1e9)),
  probability: optional(number(0, 1)),
  action: optional(action),
  sequence: optional(list(action, 1)),
});

const oneSource: Check<FaultRule> = (value, position) => {
  const checked = rule(value, position);
  if ((checked.action === undefined) === (checked.sequence === undefined)) {
    refuse(position, "either action or sequence", value);
  }
  if (checked.sequence && checked.times !== undefined) {
    refuse(`${position}.times`, "no times beside a sequence, which ends by itself", checked.times);
  }
  return checked;
};

const script = object<FaultScript>({ rules: list(oneSource) });

/**
 * Checks a script that came from outside.
 *
 * @param position where the script stands, for messages.
 * @throws TypeError with the position, what was expected and what came, e.g.
 *   `script.rules[2].action.kind: expected one of error_list, ..., got "foo"`.
 */
export const checkScript: Check<FaultScript> = (value, position) =>
  script(value, position.replace(/^options\./, ""));
