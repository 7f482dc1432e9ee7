import { nameOutcome } from "../../probe/name-outcome.ts";
import type { MeFacts } from "../../probe/probe-me.ts";
import { describeTokenProblem, describeTokenSource, type TokenProblem } from "../../probe/token.ts";
import type { DoctorFacts } from "./facts.ts";
import { explainOutcome, type Finding } from "./finding.ts";

const ACTIONS: Readonly<Partial<Record<TokenProblem, string>>> = {
  not_set: "Set it to the access token of the app: Developer Hub > Your app > Authentication.",
  file_unreadable: "Check the path and whether this user may read the file.",
};

function judgeRefusal(me: MeFacts, source: string, isKnownElsewhere: boolean): Finding {
  const explained = explainOutcome(me.outcome);
  const bare = me.tokenVerdict === "refused" && !me.outcome.rateLimit;
  return {
    check: "token",
    status: "failed",
    summary: `Intercom responded ${nameOutcome(me.outcome)} to the token from ${source}`,
    ...explained,
    // Source: rate-limit page of the API reference 2.17.
    ...(bare && {
      cause: `${explained.cause} The response has no rate-limit headers: no valid credential arrived.`,
    }),
    ...(isKnownElsewhere && {
      cause: "Another region knows the token.",
      action: "Keep the token and set the base URL that the region check names.",
    }),
  };
}

/** The token: is there one, can it be one, and what did Intercom do with it. */
export function checkToken({ tokenProblem, tokenSource, me, otherRegions }: DoctorFacts): Finding {
  const source = describeTokenSource(tokenSource, tokenProblem);
  if (tokenProblem || !me) {
    const problem = tokenProblem ?? "empty";
    const summary = `no usable token in ${source}: ${describeTokenProblem(problem)}`;
    return { check: "token", status: "failed", summary, action: ACTIONS[problem] ?? "Set the bare token." };
  }
  const category = me.outcome.error?.category;
  if (category === "auth" || category === "permission" || category === "plan") {
    return judgeRefusal(me, source, [...(otherRegions?.values() ?? [])].includes(true));
  }
  if (me.tokenVerdict === "accepted") {
    return { check: "token", status: "ok", summary: `Intercom accepts the token from ${source}` };
  }
  const summary = `the token from ${source} is well-formed; Intercom's response does not tell whether it is valid`;
  return { check: "token", status: "warning", summary };
}
