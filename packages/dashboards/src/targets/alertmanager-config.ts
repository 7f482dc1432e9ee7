import type { Model } from "../model.ts";
import type { AlertName } from "../names/alert-names.ts";
import { SEVERITIES } from "../names/alert-names.ts";
import { groupBy, RECEIVERS, resolveInhibitions } from "./alertmanager.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { yamlFile } from "./generated-file.ts";
import { metadata } from "./metadata.ts";

interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly matchType: "=" | "=~";
}

const named = (names: readonly AlertName[]): Matcher =>
  names.length === 1
    ? { name: "alertname", value: names[0] ?? "", matchType: "=" }
    : { name: "alertname", value: names.join("|"), matchType: "=~" };

/**
 * Routes and inhibitions for the Prometheus operator.
 * Source: https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1alpha1.AlertmanagerConfig
 */
export function alertmanagerConfigFiles(model: Model): readonly GeneratedFile[] {
  const { config } = model;
  const document = {
    apiVersion: "monitoring.coreos.com/v1alpha1",
    kind: "AlertmanagerConfig",
    metadata: metadata(config, "intercom-client", {}),
    spec: {
      route: {
        receiver: RECEIVERS.warning.receiver,
        matchers: [{ name: "alertname", value: "IntercomClient.+", matchType: "=~" }],
        groupBy: groupBy(model),
        groupWait: "30s",
        groupInterval: "5m",
        routes: SEVERITIES.map((severity) => ({
          matchers: [{ name: "severity", value: severity, matchType: "=" }],
          receiver: RECEIVERS[severity].receiver,
          repeatInterval: RECEIVERS[severity].repeat,
        })),
      },
      inhibitRules: resolveInhibitions(model).map(({ source, targets, reason, equal }) => ({
        sourceMatch: [named([source])],
        targetMatch: [
          named(targets),
          ...(reason === undefined ? [] : [{ name: "reason", value: reason, matchType: "=" }]),
        ],
        equal,
      })),
      receivers: SEVERITIES.map((severity) => ({ name: RECEIVERS[severity].receiver })),
    },
  };
  return [
    yamlFile(
      "alertmanager-config/intercom-client.yaml",
      [
        "Give the receivers a way to reach you, then kubectl apply it in the namespace of the alerts: by default the",
        "operator lets an AlertmanagerConfig see only alerts with its own namespace as label.",
      ],
      [document],
    ),
  ];
}
