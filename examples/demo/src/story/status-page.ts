import type { StatusState } from "@intercom-telemetry/simulator";

/** Components in trouble during the outage; all others are well. */
const TROUBLE: Readonly<Record<string, string>> = {
  "REST API us": "major_outage",
  "Messenger us": "degraded_performance",
};

/** The status page during the outage. */
export const OUTAGE_STATUS: StatusState = {
  indicator: "major",
  components: (["us", "eu", "au"] as const).flatMap((region) =>
    ["REST API", "Messenger", "Inbox"].map((name) => ({
      name,
      region,
      status: TROUBLE[`${name} ${region}`] ?? "operational",
    })),
  ),
  incidents: [{ name: "Elevated errors of the REST API", status: "investigating", impact: "major" }],
};
