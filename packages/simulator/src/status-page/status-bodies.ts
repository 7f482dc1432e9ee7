import type { StatusComponent, StatusIncident, StatusState } from "./status-page.ts";

const ALL_WELL: readonly StatusComponent[] = (["us", "eu", "au"] as const).flatMap((region) =>
  ["REST API", "Messenger", "Inbox"].map((name) => ({ name, status: "operational", region })),
);

const groupId = (region: string): string => `group-${region}`;

function groups(components: readonly StatusComponent[], updated_at: string) {
  const regions = new Set(components.map(({ region }) => region).filter((region) => region !== undefined));
  return [...regions].map((region, position) => ({
    id: groupId(region),
    name: `${region.toUpperCase()} hosting`,
    status: "operational",
    group: true,
    group_id: null,
    position,
    updated_at,
  }));
}

function leaves(components: readonly StatusComponent[], updated_at: string) {
  return components.map(({ name, status, region }, position) => ({
    id: `component-${position}`,
    name,
    status,
    group: false,
    group_id: region === undefined ? null : groupId(region),
    position,
    updated_at,
  }));
}

function serializeIncidents(kind: string, incidents: readonly StatusIncident[], updated_at: string) {
  return incidents.map((incident, index) => ({
    id: `${kind}-${index}`,
    ...incident,
    created_at: updated_at,
    updated_at,
    shortlink: `https://status.example/${kind}-${index}`,
    incident_updates: [],
    ...(kind === "maintenance" ? { scheduled_for: updated_at, scheduled_until: updated_at } : {}),
  }));
}

/** Body of `status.json`, as Statuspage's version 2 has it. */
export function statusBody({ indicator = "none", description }: StatusState, updated_at: string): object {
  return {
    page: {
      id: "simulator",
      name: "Intercom",
      url: "https://status.example",
      time_zone: "Etc/UTC",
      updated_at,
    },
    status: {
      indicator,
      description: description ?? (indicator === "none" ? "All Systems Operational" : `Impact: ${indicator}`),
    },
  };
}

/** Body of `summary.json`: the same with components, incidents and maintenances. */
export function summaryBody(state: StatusState, updated_at: string): object {
  const { components = ALL_WELL, incidents = [], maintenances = [] } = state;
  return {
    ...statusBody(state, updated_at),
    components: [...groups(components, updated_at), ...leaves(components, updated_at)],
    incidents: serializeIncidents("incident", incidents, updated_at),
    scheduled_maintenances: serializeIncidents("maintenance", maintenances, updated_at),
  };
}
