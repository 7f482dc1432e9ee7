import { basename } from "node:path";
import ts from "typescript";
import tsconfig from "../../tsconfig.base.json" with { type: "json" };
import { at, type Block, folderOf } from "./blocks.ts";
import { addAround } from "./declared-around.ts";
import { ROOT } from "./pages.ts";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  experimentalDecorators: true,
  esModuleInterop: true,
  allowJs: true,
  checkJs: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  noEmit: true,
  paths: tsconfig.compilerOptions.paths,
  pathsBasePath: ROOT,
};

const usesRequire = (text: string): boolean => /\brequire\(/.test(text);

/** Where a block stands for the compiler. */
function pathOf(block: Block, index: number): string {
  const folder = folderOf(block);
  const extension = block.language === "ts" ? "mts" : usesRequire(block.text) ? "cjs" : "mjs";
  return `${ROOT}${folder}block-${index}.${extension}`;
}

/** The one package of which blocks mean different versions. */
const nameOf = (name: string, block: Block | undefined): string =>
  name === "intercom-client" && block ? `intercom-client${block.sdk === "5" ? "" : `-${block.sdk}`}` : name;

/** Compiles all blocks in one program, and says what is wrong with which. */
export function compileBlocks(blocks: readonly Block[]): readonly string[] {
  const byPath = new Map(blocks.map((block, index) => [pathOf(block, index), block]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  const textOf = (path: string): string | undefined => {
    const block = byPath.get(path);
    return block && addAround(block.text, block.language);
  };
  host.getSourceFile = (path, language, ...rest) => {
    const text = textOf(path);
    return text === undefined
      ? getSourceFile(path, language, ...rest)
      : ts.createSourceFile(path, text, language);
  };
  host.fileExists = (path) => byPath.has(path) || fileExists(path);
  host.readFile = (path) => textOf(path) ?? readFile(path);
  host.resolveModuleNameLiterals = (literals, path, redirected, settings, file) =>
    literals.map((literal) => {
      const mode = ts.getModeForUsageLocation(file, literal, settings);
      return ts.resolveModuleName(
        nameOf(literal.text, byPath.get(path)),
        path,
        settings,
        host,
        undefined,
        redirected,
        mode,
      );
    });
  const foreign = `${ROOT}test/docs/foreign-packages.d.ts`;
  const program = ts.createProgram([...byPath.keys(), foreign], options, host);
  return [...byPath].flatMap(([path, block]) => {
    const source = program.getSourceFile(path);
    const found = ts.getPreEmitDiagnostics(program, source);
    return found.map(({ messageText, start, file }) => {
      const where = file && start !== undefined ? file.text.slice(start).split("\n")[0] : basename(path);
      return `${at(block)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")} (at ${where})`;
    });
  });
}
