import { AREAS, type AreaFacts, probeAreas } from "../probe/areas.ts";
import type { ApiTarget } from "../probe/ask-intercom.ts";
import type { ProbeContext } from "../probe/http-get.ts";
import { type MeFacts, probeMe } from "../probe/probe-me.ts";
import { probeOtherRegions, type RegionUrls, regionOf } from "../probe/regions.ts";
import { probeStatusPage } from "../probe/status-page.ts";
import { readToken, type TokenSource } from "../probe/token.ts";
import type { DoctorFacts } from "./checks/facts.ts";

/** Whom to examine. */
export interface DoctorSubject {
  readonly baseUrl: URL;
  readonly regionUrls: RegionUrls;
  readonly tokenSource: TokenSource;
  readonly apiVersion?: string | undefined;
  readonly neededAreas?: readonly string[];
  readonly statusPageUrl: URL;
}

type ApiFacts = Pick<DoctorFacts, "me" | "otherRegions" | "areas">;

/** Asking about the areas must not be what closes the window: it takes at most half of what is left. */
function hasRoom({ outcome }: MeFacts): boolean {
  return (outcome.rateLimit?.remaining ?? Number.POSITIVE_INFINITY) >= 2 * AREAS.length;
}

async function askAreas(
  target: ApiTarget,
  me: MeFacts,
  context: ProbeContext,
): Promise<readonly AreaFacts[] | undefined> {
  return me.tokenVerdict === "accepted" && hasRoom(me) ? probeAreas(target, context) : undefined;
}

async function askApi(target: ApiTarget, regionUrls: RegionUrls, context: ProbeContext): Promise<ApiFacts> {
  const me = await probeMe(target, context);
  const areas = await askAreas(target, me, context);
  const otherRegions =
    me.tokenVerdict === "refused" ? await probeOtherRegions(target, regionUrls, context) : undefined;
  return { me, ...(areas && { areas }), ...(otherRegions && { otherRegions }) };
}

/** Finds out everything that the checks want to know. Never rejects for what happens on the network. */
export async function collectFacts(subject: DoctorSubject, context: ProbeContext): Promise<DoctorFacts> {
  const { baseUrl, regionUrls, tokenSource, apiVersion, neededAreas, statusPageUrl } = subject;
  const epochSeconds = context.clock.epochSeconds();
  const reading = await readToken(tokenSource, context);
  const asking: Promise<ApiFacts> =
    reading.token === undefined
      ? Promise.resolve({})
      : askApi({ client: "doctor", baseUrl, token: reading.token, apiVersion }, regionUrls, context);
  const [api, platform] = await Promise.all([asking, probeStatusPage(statusPageUrl, context)]);
  const configuredRegion = regionOf(baseUrl, regionUrls);
  return {
    epochSeconds,
    baseUrl,
    tokenSource,
    env: context.env,
    platform,
    ...api,
    ...(configuredRegion && { configuredRegion }),
    ...(reading.problem && { tokenProblem: reading.problem }),
    ...(apiVersion !== undefined && { requestedVersion: apiVersion }),
    ...(neededAreas && { neededAreas }),
  };
}
