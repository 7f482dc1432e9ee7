import type { AlertRule } from "./read-rules.ts";

/** An alert as Alertmanager takes it. Source: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
export interface TestAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** RFC 3339. */
  readonly startsAt: string;
  /** RFC 3339; in the future, the time at which Alertmanager resolves it by itself. */
  readonly endsAt: string;
}

/** Label of every test alert, for routes and silences. */
export const DRILL_LABEL = "drill";

/** First word of what people read. */
const MARK = "[DRILL]";
const READ_BY_PEOPLE: readonly string[] = ["summary", "description"];

const LABEL_IN_TEMPLATE = /(?:\$labels|\.Labels)\.(\w+)/;

/** Puts something else in the place of each `{{...}}`. An expression would look for each end again from each start. */
function replaceTemplates(text: string, replace: (inner: string) => string): string {
  let result = "";
  let from = 0;
  for (;;) {
    const start = text.indexOf("{{", from);
    const end = start === -1 ? -1 : text.indexOf("}}", start + 2);
    if (end === -1) return result + text.slice(from);
    result += text.slice(from, start) + replace(text.slice(start + 2, end));
    from = end + 2;
  }
}

/** Of a choice by what a query says, `{{ with ... }}A{{ else }}B{{ end }}`, what holds without one: the other branch. */
function takeElse(text: string): string {
  let result = "";
  let from = 0;
  for (;;) {
    const start = text.indexOf("{{ with ", from);
    const otherwise = start === -1 ? -1 : text.indexOf("{{ else }}", start);
    const end = otherwise === -1 ? -1 : text.indexOf("{{ end }}", otherwise);
    if (end === -1) return result + text.slice(from);
    result += text.slice(from, start) + text.slice(otherwise + "{{ else }}".length, end);
    from = end + "{{ end }}".length;
  }
}

/** The labels that the strings of a rule take from its query's result. */
function labelsInStrings({ labels, annotations }: AlertRule): readonly string[] {
  const found: string[] = [];
  const note = (inner: string): string => {
    found.push(...(LABEL_IN_TEMPLATE.exec(inner)?.slice(1) ?? []));
    return "";
  };
  for (const text of [...Object.values(labels), ...Object.values(annotations)]) replaceTemplates(text, note);
  return found;
}

/** Fills in labels; what only a query could tell is named as missing. */
function render(text: string, labels: Readonly<Record<string, string>>): string {
  return replaceTemplates(takeElse(text), (inner) => {
    const label = LABEL_IN_TEMPLATE.exec(inner)?.[1];
    return label === undefined ? "(no value in a drill)" : (labels[label] ?? "(no label in a drill)");
  });
}

const renderAll = (texts: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, render(text, labels)]));

function markAnnotations(
  annotations: Readonly<Record<string, string>>,
  name: string,
): Record<string, string> {
  const told = { summary: name, ...annotations };
  return Object.fromEntries(
    Object.entries(told).map(([key, text]) => [key, READ_BY_PEOPLE.includes(key) ? `${MARK} ${text}` : text]),
  );
}

/**
 * Makes a test alert of a rule. Labels that would come from the query's result get a separate value in each alert,
 * so that no test alert inhibits another, or a real one.
 *
 * @param given labels with the values that the test shall have, e.g. a client or a team.
 */
export function toTestAlert(
  rule: AlertRule,
  given: Readonly<Record<string, string>>,
  period: Pick<TestAlert, "startsAt" | "endsAt">,
): TestAlert {
  const own = Object.fromEntries(labelsInStrings(rule).map((name) => [name, `drill-${rule.name}`]));
  const result = { ...own, ...given };
  const labels = { ...result, ...renderAll(rule.labels, result), ...given };
  return {
    labels: { ...labels, alertname: rule.name, [DRILL_LABEL]: "true" },
    annotations: markAnnotations(renderAll(rule.annotations, labels), rule.name),
    ...period,
  };
}
