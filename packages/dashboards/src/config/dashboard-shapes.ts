import { object, orEmpty, refine, type Shape, withDefault } from "@intercom-telemetry/guards/shape";
import type { DashboardKey } from "../names/dashboards.ts";
import { DASHBOARD_KEYS } from "../names/dashboards.ts";
import type { DashboardIdentity, ResolvedConfig } from "./options.ts";
import { uid, visible } from "./strings.ts";

const identity = (defaultUid: string, defaultTitle: string): Shape<DashboardIdentity> =>
  orEmpty(
    object<DashboardIdentity>({
      uid: withDefault(uid("1 to 40 letters, digits, - or _"), defaultUid),
      title: withDefault(visible("a title"), defaultTitle),
    }),
  );

/** The `uid` and title of each dashboard. */
export const DASHBOARDS: Shape<ResolvedConfig["dashboards"]> = refine(
  object<Record<DashboardKey, DashboardIdentity>>({
    overview: identity("intercom-client-overview", "Intercom client / Overview"),
    rateLimit: identity("intercom-client-rate-limit", "Intercom client / Rate limit"),
    slo: identity("intercom-client-slo", "Intercom client / SLO"),
    platform: identity("intercom-client-platform", "Intercom client / Platform"),
  }),
  (dashboards, path, report) => {
    const uids = DASHBOARD_KEYS.map((key) => dashboards[key].uid);
    const duplicate = DASHBOARD_KEYS.find((key, index) => uids.indexOf(dashboards[key].uid) < index);
    if (duplicate)
      report([...path, duplicate, "uid"], "expected a distinct uid for each dashboard, got one twice");
  },
);
