import { Ajv } from "ajv";

/**
 * What our Mimir file may contain. Kept by hand from "Grafana Mimir configuration parameters",
 * https://grafana.com/docs/mimir/latest/configure/configuration-parameters/. Only what the recipe uses.
 */
const text = { type: "string", minLength: 1 };
const flag = { type: "boolean" };
const count = { type: "integer", minimum: 0 };

const object = (properties: object) => ({ type: "object", properties, additionalProperties: false });

const SCHEMA = object({
  multitenancy_enabled: flag,
  distributor: object({
    ha_tracker: object({
      enable_ha_tracker: flag,
      kvstore: object({ store: { enum: ["memberlist", "consul", "etcd"] } }),
    }),
  }),
  memberlist: object({ join_members: { type: "array", items: text } }),
  tenant_federation: object({ enabled: flag }),
  ruler: object({
    alertmanager_url: text,
    evaluation_interval: { type: "string", pattern: "^\\d+(s|m)$" },
    tenant_federation: object({ enabled: flag }),
  }),
  ruler_storage: object({
    backend: { enum: ["s3", "gcs", "azure", "swift", "filesystem", "local"] },
    s3: object({ endpoint: text, bucket_name: text }),
  }),
  limits: object({
    accept_ha_samples: flag,
    ha_cluster_label: text,
    ha_replica_label: text,
    ruler_max_rules_per_rule_group: count,
    ruler_max_rule_groups_per_tenant: count,
  }),
});

const validate = new Ajv({ allErrors: true }).compile(SCHEMA);

interface Federation {
  readonly tenant_federation?: { readonly enabled?: boolean };
}

/** Mimir does not start when its ruler may read several tenants and its queriers may not. */
function federationErrors(file: Federation & { readonly ruler?: Federation }): readonly string[] {
  const isHalf = file.ruler?.tenant_federation?.enabled === true && file.tenant_federation?.enabled !== true;
  return isHalf ? ["/ruler/tenant_federation: requires /tenant_federation/enabled"] : [];
}

/** What is wrong with a Mimir file. */
export function mimirErrors(file: unknown): readonly string[] {
  return validate(file)
    ? federationErrors(file as Federation)
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
