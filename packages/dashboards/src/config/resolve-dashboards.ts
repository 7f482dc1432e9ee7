import type { DashboardKey } from "../names/dashboards.ts";
import { DASHBOARD_KEYS } from "../names/dashboards.ts";
import { checkObject, checkText, refuse } from "./checks.ts";
import type { DashboardIdentity, ResolvedConfig } from "./options.ts";
import { NON_EMPTY, UID } from "./patterns.ts";

const IDENTITIES: Readonly<Record<DashboardKey, DashboardIdentity>> = {
  overview: { uid: "intercom-client-overview", title: "Intercom client / Overview" },
  rateLimit: { uid: "intercom-client-rate-limit", title: "Intercom client / Rate limit" },
  slo: { uid: "intercom-client-slo", title: "Intercom client / SLO" },
  platform: { uid: "intercom-client-platform", title: "Intercom client / Platform" },
};

/** Fills in and checks the `uid` and title of each dashboard. */
export function resolveDashboards(value: unknown): ResolvedConfig["dashboards"] {
  const given = checkObject("dashboards", value, DASHBOARD_KEYS);
  const resolve = (name: DashboardKey): DashboardIdentity => {
    const key = `dashboards.${name}`;
    const { uid, title } = checkObject(key, given[name], ["uid", "title"]);
    return {
      uid: checkText(`${key}.uid`, uid, IDENTITIES[name].uid, UID, "1 to 40 letters, digits, - or _"),
      title: checkText(`${key}.title`, title, IDENTITIES[name].title, NON_EMPTY, "a title"),
    };
  };
  const resolved = {
    overview: resolve("overview"),
    rateLimit: resolve("rateLimit"),
    slo: resolve("slo"),
    platform: resolve("platform"),
  };
  const uids = DASHBOARD_KEYS.map((name) => resolved[name].uid);
  const twice = uids.find((uid, index) => uids.indexOf(uid) !== index);
  if (twice !== undefined) refuse("dashboards", "a distinct uid for each dashboard", twice);
  return resolved;
}
