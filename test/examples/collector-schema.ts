import { Ajv } from "ajv";

/**
 * What our Collector files may contain. Kept by hand from config.schema.yaml beside each component, as
 * examples/otlp/README.md says. It has only what the recipes use. A key that is not here has to be looked up before it is
 * used.
 */
const text = { type: "string", minLength: 1 };
const flag = { type: "boolean" };
const duration = { type: "string", pattern: "^\\d+(ms|s|m|h)$" };
const listenAddress = { type: "string", pattern: "^[\\w.]+:\\d+$" };
const texts = { type: "array", items: text, minItems: 1 };

const object = (properties: object, required: readonly string[] = []) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

/** Components of one kind by their type; a name may follow it, as in `resource/identity`. */
const components = (types: Readonly<Record<string, object>>) => ({
  type: "object",
  patternProperties: Object.fromEntries(
    Object.entries(types).map(([type, schema]) => [`^${type}(/[\\w-]+)?$`, schema]),
  ),
  additionalProperties: false,
});

const server = object({ endpoint: listenAddress }, ["endpoint"]);
const client = { endpoint: text, headers: { type: "object", additionalProperties: text } };

const SCHEMA = object(
  {
    extensions: components({
      basicauth: object({
        client_auth: object({ username: text, password: text }, ["username", "password"]),
      }),
    }),
    receivers: components({
      otlp: object({ protocols: object({ grpc: server, http: server }) }, ["protocols"]),
    }),
    processors: components({
      memory_limiter: object({ check_interval: duration, limit_mib: { type: "integer" } }, [
        "check_interval",
      ]),
      batch: object({ timeout: duration }),
      k8s_attributes: object({ extract: object({ metadata: texts }) }),
      resource_detection: object({ detectors: texts, override: flag }, ["detectors"]),
      resource: object({
        attributes: {
          type: "array",
          items: object(
            { key: text, from_attribute: text, action: { enum: ["insert", "update", "upsert"] } },
            ["key", "action"],
          ),
        },
      }),
      transform: object({
        metric_statements: {
          type: "array",
          items: object({ context: { enum: ["resource", "metric", "datapoint"] }, statements: texts }),
        },
      }),
    }),
    exporters: components({
      prometheus_remote_write: object({ ...client, disable_scope_info: flag }, ["endpoint"]),
      prometheus: object({ endpoint: listenAddress, without_scope_info: flag, metric_expiration: duration }, [
        "endpoint",
      ]),
      otlp_http: object({ ...client, auth: object({ authenticator: text }, ["authenticator"]) }, [
        "endpoint",
      ]),
    }),
    service: object(
      {
        extensions: texts,
        pipelines: {
          type: "object",
          additionalProperties: object({ receivers: texts, processors: texts, exporters: texts }, [
            "receivers",
            "exporters",
          ]),
        },
      },
      ["pipelines"],
    ),
  },
  ["receivers", "exporters", "service"],
);

const validate = new Ajv({ allErrors: true }).compile(SCHEMA);

/** A Collector's file, as far as the checks read it. */
export interface CollectorFile {
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly receivers: Readonly<Record<string, unknown>>;
  readonly processors: Readonly<Record<string, unknown>>;
  readonly exporters: Readonly<Record<string, unknown>>;
  readonly service: {
    readonly extensions?: readonly string[];
    readonly pipelines: Readonly<
      Record<string, Readonly<Record<"receivers" | "processors" | "exporters", readonly string[]>>>
    >;
  };
}

/** What is wrong with a Collector's file. */
export function collectorErrors(file: unknown): readonly string[] {
  return validate(file)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
