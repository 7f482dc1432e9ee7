import type { AlertName } from "../alerts/names.ts";
import type { ResolvedConfig } from "../config/options.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { yamlFile } from "./generated-file.ts";

interface Inhibition {
  readonly source: readonly AlertName[];
  readonly target: readonly AlertName[];
  readonly why: string;
}

const BURN_ALERTS: readonly AlertName[] = [
  "IntercomClientErrorBudgetBurnFast",
  "IntercomClientErrorBudgetBurnModerate",
  "IntercomClientErrorBudgetBurnSlow",
  "IntercomClientErrorBudgetBurnCreeping",
];

const LIMITED: readonly AlertName[] = ["IntercomClientRateLimited", "IntercomClientRateLimitedSeverely"];

function slowerBurns(): readonly Inhibition[] {
  return BURN_ALERTS.slice(0, -1).map((name, index) => ({
    source: [name],
    target: BURN_ALERTS.slice(index + 1),
    why: "a fast burn shows in every slower window",
  }));
}

/** Which alert makes which others superfluous, for the same client. */
export const INHIBITIONS: readonly Inhibition[] = [
  ...slowerBurns(),
  {
    source: ["IntercomClientUnavailable"],
    target: [
      ...BURN_ALERTS,
      "IntercomClientErrorBudgetExhausted",
      "IntercomClientSlowRequests",
      "IntercomClientRetryStorm",
    ],
    why: "an outage burns the budget, and is retried",
  },
  {
    source: ["IntercomClientUnauthorized", "IntercomClientTokenRejected"],
    target: ["IntercomClientRateLimitUnknown", "IntercomClientProbeFailing", "IntercomClientForbidden"],
    why: "a refused token explains missing headers and failed probes",
  },
  {
    source: ["IntercomClientRateLimitedByOthers"],
    target: LIMITED,
    why: "the cause is known to lie elsewhere, and its runbook says where",
  },
  {
    source: ["IntercomClientRateLimitedSeverely"],
    target: ["IntercomClientRateLimited", "IntercomClientRateLimitWindowsTight", "IntercomClientRetryStorm"],
    why: "the severe case says it all",
  },
  {
    source: LIMITED.slice(0, 1),
    target: ["IntercomClientRateLimitWindowsTight"],
    why: "being refused says more than being near",
  },
];

const matcher = (names: readonly AlertName[]): string =>
  names.length === 1 ? `alertname="${names[0]}"` : `alertname=~"${names.join("|")}"`;

function routes(): unknown {
  const to = (severity: string, receiver: string, repeat: string): unknown => ({
    matchers: [`severity="${severity}"`],
    receiver,
    repeat_interval: repeat,
  });
  return {
    matchers: ['alertname=~"IntercomClient.+"'],
    receiver: "intercom-warning",
    group_by: ["alertname", "client"],
    group_wait: "30s",
    group_interval: "5m",
    routes: [
      to("critical", "intercom-critical", "1h"),
      to("warning", "intercom-warning", "12h"),
      to("info", "intercom-info", "3d"),
    ],
  };
}

/** Routes and inhibitions to merge into an Alertmanager configuration; complete enough to be checked by amtool. */
export function alertmanagerFiles(config: ResolvedConfig): readonly GeneratedFile[] {
  const names = ["intercom-critical", "intercom-warning", "intercom-info"];
  const document = {
    route: { receiver: "default", routes: [routes()] },
    inhibit_rules: INHIBITIONS.map(({ source, target }) => ({
      source_matchers: [matcher(source)],
      target_matchers: [matcher(target)],
      equal: [...config.groupLabels, "client"],
    })),
    receivers: ["default", ...names].map((name) => ({ name })),
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
