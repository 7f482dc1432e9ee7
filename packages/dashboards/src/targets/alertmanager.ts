import type { Model } from "../model.ts";
import type { AlertName, Severity } from "../names/alert-names.ts";
import { SEVERITIES } from "../names/alert-names.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { yamlFile } from "./generated-file.ts";
import { INHIBITIONS } from "./inhibitions.ts";

/** Who is told, by severity, and how often again. */
export const RECEIVERS: Readonly<Record<Severity, { readonly receiver: string; readonly repeat: string }>> = {
  critical: { receiver: "intercom-critical", repeat: "1h" },
  warning: { receiver: "intercom-warning", repeat: "12h" },
  info: { receiver: "intercom-info", repeat: "3d" },
};

/** An inhibition as it holds for a configuration. */
export interface ResolvedInhibition {
  readonly source: AlertName;
  readonly targets: readonly AlertName[];
  /** Narrows the targets further. */
  readonly reason?: string | undefined;
  readonly equal: readonly string[];
}

/**
 * The inhibitions that a configuration allows. Only the more severe of two alerts inhibits the other,
 * whatever severities the user gave them. An alert that is not written inhibits none.
 */
export function resolveInhibitions({ alerts, config }: Model): readonly ResolvedInhibition[] {
  const severities = new Map(
    alerts.flatMap((group) => group.alerts.map(({ name, severity }) => [name, severity] as const)),
  );
  const rank = (name: AlertName): number => {
    const severity = severities.get(name);
    return severity === undefined ? Number.NaN : SEVERITIES.indexOf(severity);
  };
  return INHIBITIONS.map(({ source, targets, reason, equal }) => ({
    source,
    targets: targets.filter((target) => rank(source) < rank(target)),
    reason,
    equal: [...config.groupLabels, ...equal],
  })).filter(({ targets }) => targets.length > 0);
}

const matcher = (names: readonly AlertName[]): string =>
  names.length === 1 ? `alertname="${names[0]}"` : `alertname=~"${names.join("|")}"`;

/** The inhibitions as Alertmanager's matchers. */
export function inhibitRules(model: Model): readonly {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal: readonly string[];
}[] {
  return resolveInhibitions(model).map(({ source, targets, reason, equal }) => ({
    source_matchers: [matcher([source])],
    target_matchers: [matcher(targets), ...(reason === undefined ? [] : [`reason="${reason}"`])],
    equal,
  }));
}

/** One notification for a job in trouble, however many alerts it has: an outage pages once. */
export function groupBy({ config }: Model): readonly string[] {
  return [...config.groupLabels, "job"];
}

/** The route of this package's alerts. */
function intercomRoute(model: Model): unknown {
  return {
    matchers: ['alertname=~"IntercomClient.+"'],
    receiver: RECEIVERS.warning.receiver,
    group_by: groupBy(model),
    group_wait: "30s",
    group_interval: "5m",
    routes: SEVERITIES.map((severity) => ({
      matchers: [`severity="${severity}"`],
      receiver: RECEIVERS[severity].receiver,
      repeat_interval: RECEIVERS[severity].repeat,
    })),
  };
}

/** Names of the receivers that the route needs. */
const RECEIVER_NAMES: readonly string[] = SEVERITIES.map((severity) => RECEIVERS[severity].receiver);

/** Routes and inhibitions to merge into an Alertmanager configuration; complete enough to be checked by amtool. */
export function alertmanagerFiles(model: Model): readonly GeneratedFile[] {
  const document = {
    route: { receiver: "default", routes: [intercomRoute(model)] },
    inhibit_rules: inhibitRules(model),
    receivers: ["default", ...RECEIVER_NAMES].map((name) => ({ name })),
  };
  return [
    yamlFile(
      "alertmanager/intercom-client.yaml",
      [
        "Merge the route, the inhibitions and the receivers into your alertmanager.yml; give the receivers a way to reach you.",
      ],
      [document],
    ),
  ];
}
