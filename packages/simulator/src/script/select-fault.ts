import type { Random } from "../random.ts";
import type { FaultAction, FaultMatch, FaultRule, FaultScript, PerformedAction } from "./fault-script.ts";

/** What rules can look at. */
export interface MatchedRequest {
  readonly host: "api" | "storage";
  readonly method: string;
  readonly urlTemplate: string;
  readonly path: string;
  readonly app?: string;
}

/** Decides what happens to a request; `undefined` for nothing. */
export type FaultSelector = (request: MatchedRequest) => PerformedAction | undefined;

type RuleAtWork = (request: MatchedRequest) => FaultAction | undefined;

function matches(match: FaultMatch, request: MatchedRequest): boolean {
  return (
    (match.host ?? "api") === request.host &&
    (match.method === undefined || match.method === request.method) &&
    (match.urlTemplate === undefined || match.urlTemplate === request.urlTemplate) &&
    (match.path === undefined || match.path === request.path) &&
    (match.app === undefined || match.app === request.app)
  );
}

function createRule(rule: FaultRule, random: Random): RuleAtWork {
  let toSkip = rule.skip ?? 0;
  let done = 0;
  const times = rule.sequence?.length ?? rule.times ?? Number.POSITIVE_INFINITY;
  return (request) => {
    if (done >= times || !matches(rule.match ?? {}, request)) return undefined;
    if (toSkip > 0) {
      toSkip--;
      return undefined;
    }
    if (rule.probability !== undefined && random() >= rule.probability) return undefined;
    const action = rule.sequence?.[done] ?? rule.action;
    done++;
    return action;
  };
}

/** Puts a checked script to work. Its counters start from zero. */
export function createFaultSelector(script: FaultScript, random: Random): FaultSelector {
  const rules = script.rules.map((rule) => createRule(rule, random));
  return (request) => {
    for (const select of rules) {
      const action = select(request);
      if (action) return action.kind === "pass" ? undefined : action;
    }
    return undefined;
  };
}
