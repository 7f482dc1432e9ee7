import { isJsonObject, type JsonObject } from "@intercom-telemetry/guards/json";
import { type Path, type Report, refuse } from "@intercom-telemetry/guards/shape";
import { readDocument, refuseDocument } from "../config/document.ts";
import { UsageError } from "../errors/exit-codes.ts";

/** What an alerting rule says to people and to routes. */
export interface AlertRule {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Templates are strings; whatever else stands there is a mistake that Prometheus would refuse too. */
function readStrings(value: unknown, path: Path, report: Report): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (!isJsonObject(value)) return refuse(report, path, "an object of strings", value) ?? {};
  const entries = Object.entries(value).filter(([, each]) => each !== null && typeof each !== "object");
  return Object.fromEntries(entries.map(([name, each]) => [name, String(each)]));
}

interface Place {
  readonly value: JsonObject;
  readonly path: Path;
}

function objectsIn({ value, path }: Place, key: string): readonly Place[] {
  const list = value[key];
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: unknown, index) =>
    isJsonObject(each) ? [{ value: each, path: [...path, key, index] }] : [],
  );
}

/** A `PrometheusRule` has the groups in its `spec`. */
function findRoot(value: unknown): Place {
  if (!isJsonObject(value)) return { value: {}, path: [] };
  return "groups" in value || !isJsonObject(value.spec)
    ? { value, path: [] }
    : { value: value.spec, path: ["spec"] };
}

/**
 * Reads the alerting rules of a Prometheus rule file, or of a `PrometheusRule` of the Prometheus operator. Recording
 * rules are passed over.
 *
 * @throws UsageError that says where what was expected and what came.
 */
export async function readAlertRules(fileName: string): Promise<readonly AlertRule[]> {
  const document = await readDocument(fileName, "--rules");
  const problems: { readonly path: Path; readonly message: string }[] = [];
  const report: Report = (path, message) => problems.push({ path, message });
  const rules = objectsIn(findRoot(document.value), "groups")
    .flatMap((group) => objectsIn(group, "rules"))
    .flatMap(({ value, path }): AlertRule[] => {
      if (typeof value.alert !== "string") return [];
      const readKey = (key: string) => readStrings(value[key], [...path, key], report);
      return [{ name: value.alert, labels: readKey("labels"), annotations: readKey("annotations") }];
    });
  if (problems.length > 0) return refuseDocument(document, problems);
  if (rules.length > 0) return rules;
  const expected = "expected alerting rules under groups (Prometheus) or spec.groups (PrometheusRule)";
  throw new UsageError(`${fileName}: ${expected}, got none`);
}
