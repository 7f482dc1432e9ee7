import { PodMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor";
import { PrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { ThanosRuler } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ThanosRuler";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { Secret } from "kubernetes-models/v1/Secret";
import { Service } from "kubernetes-models/v1/Service";
import type { Resource } from "./kubernetes-manifests.ts";

/** The schemas of Kubernetes and of the Prometheus operator's resources, as compiled validators. */
const MODELS = [
  ConfigMap,
  Deployment,
  NetworkPolicy,
  PodMonitor,
  PrometheusRule,
  Secret,
  Service,
  ServiceMonitor,
  ThanosRuler,
];

type ReadKeys = Map<object, Set<PropertyKey>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** A view of a value that takes down every key that is read. */
function watch(value: unknown, readKeys: ReadKeys): unknown {
  if (!isObject(value)) return value;
  const keys = readKeys.get(value) ?? new Set();
  readKeys.set(value, keys);
  return new Proxy(value, {
    get(target, key): unknown {
      keys.add(key);
      return watch(Reflect.get(target, key), readKeys);
    },
  });
}

function listUnread(value: unknown, readKeys: ReadKeys, place: string): readonly string[] {
  if (!isObject(value)) return [];
  const keys = readKeys.get(value);
  return Object.entries(value).flatMap(([key, inner]) =>
    keys?.has(key) ? listUnread(inner, readKeys, `${place}/${key}`) : [`${place}/${key}: unknown`],
  );
}

/**
 * What is wrong with a resource by the schema of its kind. The schemas let unknown fields pass, which a cluster drops
 * or refuses; but their validators look at every field that they know, and at no other.
 */
export function schemaErrors(resource: Resource): readonly string[] {
  const model = MODELS.find(
    ({ apiVersion, kind }) => apiVersion === resource.apiVersion && kind === resource.kind,
  );
  if (!model) return [`${resource.apiVersion} ${resource.kind}: no schema`];
  const readKeys: ReadKeys = new Map();
  try {
    model.prototype.validate.call(watch(resource, readKeys) as never);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  return listUnread(resource, readKeys, "");
}
