import type { AlertName } from "../names/alert-names.ts";
import { ALERT_NAMES, SEVERITIES } from "../names/alert-names.ts";
import { checkObject, checkSwitch, checkText, checkTextMap, refuse } from "./checks.ts";
import type { AlertOptions, ResolvedConfig } from "./options.ts";

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const RESERVED_LABELS: readonly string[] = ["alertname", "severity"];

function resolveAlert(key: string, value: unknown): AlertOptions {
  const given = checkObject(key, value, ["enabled", "for", "severity", "labels", "annotations"]);
  const enabled = checkSwitch(`${key}.enabled`, given.enabled);
  const duration = checkText(`${key}.for`, given.for, "", /^(0s|[1-9]\d*[smhdw])$/, "a duration such as 10m");
  const severity = checkText(
    `${key}.severity`,
    given.severity,
    "",
    /^(critical|warning|info)$/,
    "critical, warning or info",
  );
  const labels = checkTextMap(`${key}.labels`, given.labels, LABEL_NAME);
  for (const [name, text] of Object.entries(labels)) {
    if (RESERVED_LABELS.includes(name)) refuse(`${key}.labels.${name}`, "a label other than this one", text);
    if (/\$value|\.Value/.test(text)) {
      refuse(
        `${key}.labels.${name}`,
        "a string without the value, which would make a new alert each time",
        text,
      );
    }
  }
  return {
    enabled,
    for: duration === "" ? undefined : duration,
    severity: SEVERITIES.find((name) => name === severity),
    labels,
    annotations: checkTextMap(`${key}.annotations`, given.annotations, LABEL_NAME),
  };
}

/** Checks the changes to single alerts. */
export function resolveAlerts(value: unknown): ResolvedConfig["alerts"] {
  const given = checkObject("alerts", value, ALERT_NAMES);
  return Object.fromEntries(
    Object.keys(given).map((name) => [name, resolveAlert(`alerts.${name}`, given[name])]),
  ) as Partial<Record<AlertName, AlertOptions>>;
}
