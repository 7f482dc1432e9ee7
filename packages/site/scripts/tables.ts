import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ATTRIBUTES, METRICS, type MetricDefinition } from "@intercom-telemetry/core/contract";
import { markdownTable } from "@intercom-telemetry/guards/markdown";
import ts from "typescript";

/** A word of code. */
export const code = (text: string): string => `\`${text}\``;

/** The metrics that one writer has. */
export function metricsTable(writer: MetricDefinition["writer"]): string {
  const rows = Object.values(METRICS)
    .filter((metric) => metric.writer === writer)
    .map(({ name, type, labels, help }) => [code(name), type, help, labels.map(code).join(", ")]);
  return markdownTable(["Name", "Type", "Meaning", "Labels"], rows);
}

/** The span attributes. */
export function attributesTable(): string {
  const rows = Object.values(ATTRIBUTES).map(({ name, type, when, meaning }) => [
    code(name),
    type,
    when,
    meaning,
  ]);
  return markdownTable(["Attribute", "Type", "When", "Meaning"], rows);
}

/** What a reader has to give: that `undefined` is taken too goes without saying. */
const typeOf = (member: ts.PropertySignature): string =>
  (member.type?.getText() ?? "").replace(/ \| undefined$/, "");

/** The options of an interface, from its own comments. */
export function optionsTable(file: string, name: string, leftOut: readonly string[] = []): string {
  const path = fileURLToPath(new URL(`../../../${file}`, import.meta.url));
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const found = source.statements.find(
    (each): each is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(each) && each.name.text === name,
  );
  if (!found) throw new Error(`${file}: expected an interface ${name}`);
  const members = found.members.filter(ts.isPropertySignature);
  const shown = members.filter((member) => !leftOut.includes(member.name.getText()));
  const rows = shown.map((member) => {
    const comment = ts.getJSDocCommentsAndTags(member)[0]?.comment;
    if (typeof comment !== "string") throw new Error(`${name}.${member.name.getText()}: expected a comment`);
    const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "defaultValue")?.comment;
    const effect = tag === undefined ? comment : `${comment} Default: ${ts.getTextOfJSDocComment(tag)}.`;
    return [code(member.name.getText()), code(typeOf(member)), effect.replace(/\s+/g, " ")];
  });
  return markdownTable(["Option", "Type", "Effect"], rows);
}
