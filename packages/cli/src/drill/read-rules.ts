import { UsageError } from "../command/exit-codes.ts";
import { readFile } from "../config/read-file.ts";
import { type ConfigNode, describeNode, parseConfigDocument } from "../config/yaml-document.ts";

/** What an alerting rule says to people and to routes. */
export interface AlertRule {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const child = (node: ConfigNode | undefined, name: string): ConfigNode | undefined =>
  node?.content.kind === "mapping" ? node.content.entries.get(name) : undefined;

/** Templates are strings; whatever else stands there is a mistake that Prometheus would refuse too. */
function readStrings(node: ConfigNode | undefined, problem: (text: string) => void): Record<string, string> {
  if (node === undefined) return {};
  const entries = node.content.kind === "mapping" ? [...node.content.entries] : [];
  if (node.content.kind !== "mapping")
    problem(`expected a mapping of strings, got ${describeNode(node, "")}`);
  return Object.fromEntries(
    entries.flatMap(([name, { content }]) =>
      content.kind === "scalar" && content.value !== null ? [[name, String(content.value)]] : [],
    ),
  );
}

function itemsOf(node: ConfigNode | undefined): readonly ConfigNode[] {
  return node?.content.kind === "list" ? node.content.items : [];
}

/**
 * Reads the alerting rules of a Prometheus rule file, or of a `PrometheusRule` of the Prometheus operator. Recording
 * rules are passed over.
 *
 * @throws UsageError that says where what was expected and what came.
 */
export async function readAlertRules(fileName: string): Promise<readonly AlertRule[]> {
  const content = await readFile(fileName, "--rules");
  const root = parseConfigDocument(content, fileName);
  const groups = child(root, "groups") ?? child(child(root, "spec"), "groups");
  const problems: string[] = [];
  const rules = itemsOf(groups)
    .flatMap((group) => itemsOf(child(group, "rules")))
    .flatMap((rule): AlertRule[] => {
      const name = child(rule, "alert")?.content;
      if (name?.kind !== "scalar" || typeof name.value !== "string") return [];
      const read = (key: string) =>
        readStrings(child(rule, key), (text) =>
          problems.push(`${fileName}:${rule.line}: ${name.value}.${key}: ${text}`),
        );
      return [{ name: name.value, labels: read("labels"), annotations: read("annotations") }];
    });
  if (problems.length > 0) throw new UsageError(problems);
  if (rules.length === 0) {
    throw new UsageError([
      `${fileName}: expected alerting rules under groups (Prometheus) or spec.groups (PrometheusRule), got none`,
    ]);
  }
  return rules;
}
