import { listOf, mapOf, object, optional, text } from "./shape.ts";

const DURATION = text(
  /^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$/,
);
const NAME = text(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
const LABEL_VALUE = text(/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/);
const ANY_TEXT = text(/^/);

const metadata = object({
  name: NAME,
  namespace: optional(NAME),
  labels: mapOf(LABEL_VALUE),
  annotations: optional(mapOf(ANY_TEXT)),
});

/** The fields of the PrometheusRule CRD, monitoring.coreos.com/v1; it prunes or refuses any other. */
export const PROMETHEUS_RULE = object({
  apiVersion: text(/^monitoring\.coreos\.com\/v1$/),
  kind: text(/^PrometheusRule$/),
  metadata,
  spec: object({
    groups: listOf(
      object({
        name: text(/^.+$/),
        interval: optional(DURATION),
        rules: listOf(
          object({
            alert: optional(ANY_TEXT),
            record: optional(ANY_TEXT),
            expr: text(/\S/),
            for: optional(DURATION),
            labels: optional(mapOf(ANY_TEXT)),
            annotations: optional(mapOf(ANY_TEXT)),
          }),
        ),
      }),
    ),
  }),
});

export const CONFIG_MAP = object({
  apiVersion: text(/^v1$/),
  kind: text(/^ConfigMap$/),
  metadata,
  data: mapOf(text(/\S/)),
});

/** https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/ */
export const GRAFANA_ALERTING = object({
  apiVersion: (value) => (value === 1 ? [] : ["expected 1"]),
  groups: listOf(
    object({
      orgId: (value) => (value === 1 ? [] : ["expected 1"]),
      name: ANY_TEXT,
      folder: ANY_TEXT,
      interval: DURATION,
      rules: listOf(
        object({
          uid: text(/^[a-zA-Z0-9_-]{1,40}$/),
          title: ANY_TEXT,
          condition: text(/^B$/),
          data: listOf(
            object({
              refId: text(/^[AB]$/),
              datasourceUid: ANY_TEXT,
              relativeTimeRange: () => [],
              model: (value) => (typeof value === "object" ? [] : ["expected an object"]),
            }),
          ),
          noDataState: text(/^OK$/),
          execErrState: text(/^Error$/),
          for: DURATION,
          dashboardUid: ANY_TEXT,
          panelId: (value) => (Number.isInteger(value) ? [] : ["expected a whole number"]),
          labels: mapOf(ANY_TEXT),
          annotations: mapOf(text(/^(?!.*\$value\b)/)),
          isPaused: () => [],
        }),
      ),
    }),
  ),
});

/** https://grafana.github.io/grafana-operator/docs/api/ */
export const GRAFANA_DASHBOARD = object({
  apiVersion: text(/^grafana\.integreatly\.org\/v1beta1$/),
  kind: text(/^GrafanaDashboard$/),
  metadata,
  spec: object({
    instanceSelector: object({ matchLabels: mapOf(LABEL_VALUE) }),
    folder: ANY_TEXT,
    resyncPeriod: DURATION,
    json: text(/\S/),
  }),
});

const MATCHER = object({ name: NAME, value: text(/\S/), matchType: text(/^=~?$/) });

/** https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1alpha1.AlertmanagerConfig */
export const ALERTMANAGER_CONFIG = object({
  apiVersion: text(/^monitoring\.coreos\.com\/v1alpha1$/),
  kind: text(/^AlertmanagerConfig$/),
  metadata,
  spec: object({
    route: object({
      receiver: NAME,
      matchers: listOf(MATCHER),
      groupBy: listOf(ANY_TEXT),
      groupWait: DURATION,
      groupInterval: DURATION,
      routes: listOf(object({ matchers: listOf(MATCHER), receiver: NAME, repeatInterval: DURATION })),
    }),
    inhibitRules: listOf(
      object({ sourceMatch: listOf(MATCHER), targetMatch: listOf(MATCHER), equal: listOf(ANY_TEXT) }),
    ),
    receivers: listOf(object({ name: NAME })),
  }),
});
