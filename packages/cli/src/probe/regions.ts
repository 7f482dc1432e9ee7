import { INTERCOM_HOSTS, type IntercomRegion } from "@intercom-telemetry/core/facts";
import type { ApiTarget } from "./ask-intercom.ts";
import type { ProbeContext } from "./http-get.ts";
import { probeMe } from "./probe-me.ts";

/** Base URL of the API in each region. */
export type RegionUrls = Readonly<Record<IntercomRegion, URL>>;

const urlOf = (region: IntercomRegion): URL => {
  const host = INTERCOM_HOSTS.find((entry) => entry.region === region)?.host;
  if (!host) throw new Error(`the table of hosts has none for ${region}`);
  return new URL(`https://${host}`);
};

/** Intercom's own hosts. */
export const INTERCOM_REGION_URLS: RegionUrls = { us: urlOf("us"), eu: urlOf("eu"), au: urlOf("au") };

/** The names of the regions. */
export const REGIONS: readonly IntercomRegion[] = ["us", "eu", "au"];

/** The region whose API a base URL is; `undefined` for a proxy or any other host. */
export function regionOf(baseUrl: URL, regionUrls: RegionUrls): IntercomRegion | undefined {
  return REGIONS.find((region) => regionUrls[region].origin === baseUrl.origin);
}

/**
 * Finds the region that takes a token which its configured region has refused. The token goes to the other regional
 * hosts only: never anywhere when the configured host is not one of them.
 *
 * @returns the regions that were asked, each with whether it accepted the token; `undefined` for no response.
 */
export async function probeOtherRegions(
  target: ApiTarget,
  regionUrls: RegionUrls,
  context: ProbeContext,
): Promise<ReadonlyMap<IntercomRegion, boolean | undefined>> {
  const own = regionOf(target.baseUrl, regionUrls);
  const others = own ? REGIONS.filter((region) => region !== own) : [];
  const responses = others.map(async (region) => {
    const { tokenVerdict } = await probeMe({ ...target, baseUrl: regionUrls[region] }, context);
    return [region, tokenVerdict === "undecided" ? undefined : tokenVerdict === "accepted"] as const;
  });
  return new Map(await Promise.all(responses));
}
