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

const TEMPLATE = /\{\{(.*?)\}\}/gs;
/** A choice by what a query says: without one, the other branch holds. */
const CHOICE = /\{\{ with [^}]*\}\}.*?\{\{ else \}\}(.*?)\{\{ end \}\}/gs;
const LABEL_IN_TEMPLATE = /(?:\$labels|\.Labels)\.(\w+)/;

/** The labels that the texts of a rule take from its query's result. */
function labelsInTexts({ labels, annotations }: AlertRule): readonly string[] {
  const texts = [...Object.values(labels), ...Object.values(annotations)].join("\n");
  const templates = [...texts.matchAll(TEMPLATE)].map(([, inner = ""]) => inner);
  return templates.flatMap((inner) => LABEL_IN_TEMPLATE.exec(inner)?.[1] ?? []);
}

/** Fills in labels; what only a query could tell is named as missing. */
function render(text: string, labels: Readonly<Record<string, string>>): string {
  return text.replace(CHOICE, "$1").replace(TEMPLATE, (_, inner: string) => {
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
 * Makes a test alert of a rule. Labels that would come from the query's result get a value of their own in each alert,
 * so that no test alert inhibits another, or a real one.
 *
 * @param given labels with the values that the test shall have, e.g. a client or a team.
 */
export function toTestAlert(
  rule: AlertRule,
  given: Readonly<Record<string, string>>,
  period: Pick<TestAlert, "startsAt" | "endsAt">,
): TestAlert {
  const own = Object.fromEntries(labelsInTexts(rule).map((name) => [name, `drill-${rule.name}`]));
  const result = { ...own, ...given };
  const labels = { ...result, ...renderAll(rule.labels, result), ...given };
  return {
    labels: { ...labels, alertname: rule.name, [DRILL_LABEL]: "true" },
    annotations: markAnnotations(renderAll(rule.annotations, labels), rule.name),
    ...period,
  };
}
