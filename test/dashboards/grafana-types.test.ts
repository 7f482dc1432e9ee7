import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildDashboards } from "@intercom-telemetry/dashboards";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
// In the tests' folder, so that imports resolve as they do for every other test.
const FILE = join(ROOT, "test/dashboards/literal-dashboards.ts");

/** In JSON, a member of a string enum is its text; Prometheus keeps its own fields in an annotation's query. */
const PRELUDE = `
import type { AnnotationQuery, Dashboard } from "@grafana/schema";
type Json<T> = unknown extends T ? T
  : T extends string ? \`\${T}\`
  : T extends readonly (infer Item)[] ? Json<Item>[]
  : T extends object ? { [Key in keyof T]: Json<T[Key]> }
  : T;
type PrometheusAnnotation = AnnotationQuery & { expr: string; step: string; titleFormat: string; textFormat: string };
type Classic = Omit<Dashboard, "annotations"> & { annotations: { list: PrometheusAnnotation[] } };
`;

/** Compiles literals against Grafana's types without writing them down; returns what the compiler says. */
function compile(literals: readonly unknown[]): readonly string[] {
  const lines = literals.map(
    (literal, index) => `export const d${index}: Json<Classic> = ${JSON.stringify(literal)};`,
  );
  const source = [PRELUDE, ...lines].join("\n");
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const original = { getSourceFile: host.getSourceFile, fileExists: host.fileExists };
  host.fileExists = (name) => name === FILE || original.fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === FILE
      ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022, true)
      : original.getSourceFile.call(host, name, ...rest);
  const program = ts.createProgram([FILE], options, host);
  const file = program.getSourceFile(FILE);
  if (!file) throw new Error("expected the compiler to have read the literals");
  return program
    .getSemanticDiagnostics(file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

describe("the dashboards' JSON against the types of @grafana/schema", () => {
  it("fits, written out as a literal", () => {
    expect(compile(buildDashboards())).toEqual([]);
  }, 120_000);

  it("would not fit with a wrong field", () => {
    const [overview] = buildDashboards();
    expect(compile([{ ...overview, refresh: 5 }]).join("\n")).toContain("not assignable");
    expect(compile([{ ...overview, unheardOf: true }]).join("\n")).toContain("unheardOf");
  }, 120_000);
});
