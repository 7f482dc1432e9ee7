import {
  boolean,
  type Fields,
  object,
  oneOf,
  optional,
  record,
  refine,
  refuse,
  type Shape,
  string,
  withDefault,
} from "@intercom-telemetry/guards/shape";
import type { AlertName } from "../names/alert-names.ts";
import { ALERT_NAMES, SEVERITIES } from "../names/alert-names.ts";
import type { AlertOptions, ResolvedConfig } from "./options.ts";

const RESERVED_LABELS: readonly string[] = ["alertname", "severity"];
const isLabelName = (name: string): boolean => /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name);
const NAMED_STRINGS = record(string(), "a label name", isLabelName);

const LABELS = refine(NAMED_STRINGS, (labels, path, report) => {
  for (const [name, value] of Object.entries(labels)) {
    if (RESERVED_LABELS.includes(name)) refuse(report, [...path, name], "a label other than this one", value);
    if (/\$value|\.Value/.test(value)) {
      const expected = "a string without the value, which would make a new alert each time";
      refuse(report, [...path, name], expected, value);
    }
  }
});

const ALERT = object<AlertOptions>({
  enabled: optional(boolean),
  for: optional(string("a duration such as 10m", /^(0s|[1-9]\d*[smhdw])$/)),
  severity: optional(oneOf(SEVERITIES)),
  labels: withDefault(LABELS, {}),
  annotations: withDefault(NAMED_STRINGS, {}),
});

const FIELDS = Object.fromEntries(ALERT_NAMES.map((name) => [name, optional(ALERT)])) as Fields<
  Record<AlertName, AlertOptions>
>;

/** The changes to single alerts. */
export const ALERTS: Shape<ResolvedConfig["alerts"]> = object(FIELDS);
