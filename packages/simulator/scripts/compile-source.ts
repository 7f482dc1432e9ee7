import ts from "typescript";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

/** A program of one file that exists in memory only; its place decides where its imports lead. */
export function compileSource(
  file: string,
  source: string,
  options: ts.CompilerOptions = {},
): { readonly program: ts.Program; readonly module: ts.SourceFile | undefined } {
  const settings = { ...OPTIONS, ...options };
  const host = ts.createCompilerHost(settings);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? source : readFile(name));
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], settings, host);
  return { program, module: program.getSourceFile(file) };
}
