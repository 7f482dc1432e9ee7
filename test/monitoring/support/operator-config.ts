/** A ServiceMonitor or a PodMonitor, as far as its scrape configuration depends on it. */
export interface Monitor {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly endpoints?: readonly { readonly port: string }[];
    readonly podMetricsEndpoints?: readonly { readonly port: string }[];
  };
}

type Labels = Readonly<Record<string, string>>;

const NAMESPACE = "shop";

/** What service discovery knows of a pod that a Service selects. */
function discoveredLabels({ spec }: Monitor, port: string): Labels {
  const [label = "", value = ""] = Object.entries(spec.selector.matchLabels)[0] ?? [];
  const name = label.replace(/\W/g, "_");
  return {
    __meta_kubernetes_namespace: NAMESPACE,
    __meta_kubernetes_service_name: "checkout",
    [`__meta_kubernetes_service_label_${name}`]: value,
    [`__meta_kubernetes_service_labelpresent_${name}`]: "true",
    __meta_kubernetes_endpoint_port_name: port,
    __meta_kubernetes_endpoint_address_target_kind: "Pod",
    __meta_kubernetes_endpoint_address_target_name: "checkout-7d4b9-x2x1v",
    __meta_kubernetes_pod_name: "checkout-7d4b9-x2x1v",
    __meta_kubernetes_pod_container_name: "app",
    __meta_kubernetes_pod_container_port_name: port,
    __meta_kubernetes_pod_phase: "Running",
    __meta_kubernetes_pod_ready: "true",
    [`__meta_kubernetes_pod_label_${name}`]: value,
    [`__meta_kubernetes_pod_labelpresent_${name}`]: "true",
  };
}

const copy = (source: string, target: string): unknown => ({
  source_labels: [`__meta_kubernetes_${source}`],
  target_label: target,
});

function keepSelected({ kind, spec }: Monitor): readonly unknown[] {
  const role = kind === "PodMonitor" ? "pod" : "service";
  return Object.entries(spec.selector.matchLabels).map(([label, value]) => {
    const name = label.replace(/\W/g, "_");
    return {
      action: "keep",
      source_labels: ["label", "labelpresent"].map((which) => `__meta_kubernetes_${role}_${which}_${name}`),
      regex: `(${value});true`,
    };
  });
}

/** Rules only of a ServiceMonitor: its targets are addresses of a Service. */
function serviceRules(port: string): readonly unknown[] {
  const target = ["kind", "name"].map((part) => `__meta_kubernetes_endpoint_address_target_${part}`);
  return [
    { action: "keep", source_labels: ["__meta_kubernetes_endpoint_port_name"], regex: port },
    { source_labels: target, separator: ";", regex: "Node;(.*)", replacement: "$1", target_label: "node" },
    { source_labels: target, separator: ";", regex: "Pod;(.*)", replacement: "$1", target_label: "pod" },
    copy("service_name", "service"),
    copy("service_name", "job"),
  ];
}

/** Rules only of a PodMonitor. */
function podRules({ metadata }: Monitor, port: string): readonly unknown[] {
  return [
    { action: "keep", source_labels: ["__meta_kubernetes_pod_container_port_name"], regex: port },
    { target_label: "job", replacement: `${NAMESPACE}/${metadata.name}` },
  ];
}

/**
 * The scrape configuration that prometheus-operator makes of a monitor, with one pod found. Discovery itself needs a
 * cluster, so the labels that it would give are written down; all relabeling is the operator's.
 * Source: https://github.com/prometheus-operator/prometheus-operator/tree/main/pkg/prometheus/testdata
 */
export function operatorConfig(monitor: Monitor, address: string): unknown {
  const { kind, spec, metadata } = monitor;
  const isPods = kind === "PodMonitor";
  const port = (isPods ? spec.podMetricsEndpoints : spec.endpoints)?.[0]?.port ?? "";
  const relabel_configs = [
    { source_labels: ["job"], target_label: "__tmp_prometheus_job_name" },
    ...keepSelected(monitor),
    { action: "drop", source_labels: ["__meta_kubernetes_pod_phase"], regex: "(Failed|Succeeded)" },
    copy("namespace", "namespace"),
    copy("pod_name", "pod"),
    copy("pod_container_name", "container"),
    ...(isPods ? podRules(monitor, port) : serviceRules(port)),
    { target_label: "endpoint", replacement: port },
    { source_labels: ["__address__"], target_label: "__tmp_hash", modulus: 1, action: "hashmod" },
    { source_labels: ["__tmp_hash"], regex: "0", action: "keep" },
  ];
  const job_name = `${isPods ? "podMonitor" : "serviceMonitor"}/monitoring/${metadata.name}/0`;
  const static_configs = [{ targets: [address], labels: discoveredLabels(monitor, port) }];
  return {
    global: { scrape_interval: "1s", external_labels: { prometheus: "monitoring/k8s" } },
    scrape_configs: [{ job_name, honor_labels: false, relabel_configs, static_configs }],
  };
}
