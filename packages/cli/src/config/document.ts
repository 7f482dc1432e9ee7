import { formatPath, type Path, type Problem, read, type Shape } from "@intercom-telemetry/guards/shape";
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { UsageError } from "../errors/exit-codes.ts";
import { readFile } from "./read-file.ts";

/** A file of YAML or JSON, as values. */
export interface ConfigDocument {
  readonly fileName: string;
  readonly value: unknown;
  /** Line of the value at a path, or of the nearest one around it. */
  readonly lineOf: (path: Path) => number;
}

/** Aliases are only followed here, so an unknown one, or too many, come to light here. */
function toValue(document: Document.Parsed, fileName: string): unknown {
  try {
    return document.toJS();
  } catch {
    throw new UsageError(`${fileName}: expected YAML or JSON, got aliases that are unknown or too many`);
  }
}

function findLine(root: Node | null, path: Path, lineAt: (node: Node) => number): number {
  let line = root ? lineAt(root) : 1;
  let node: unknown = root;
  for (const step of path) {
    if (isMap<Node, Node | null>(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      line = lineAt(pair.key);
      node = pair.value;
    } else if (isSeq<Node>(node)) {
      const item = node.items[Number(step)];
      if (!item) break;
      line = lineAt(item);
      node = item;
    } else break;
  }
  return line;
}

/**
 * Parses YAML, of which JSON is a part.
 *
 * @param fileName as it shall appear in messages.
 * @throws UsageError with the line of each mistake. It quotes nothing of the file, which could be a secret.
 */
function parse(text: string, fileName: string): ConfigDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const problems = document.errors.map(
    ({ code, pos }) =>
      `${fileName}:${lines.linePos(pos[0]).line}: expected YAML or JSON, got ${code.toLowerCase().replaceAll("_", " ")}`,
  );
  if (problems.length > 0) throw new UsageError(problems);
  const lineAt = (node: Node): number => lines.linePos(node.range?.[0] ?? 0).line;
  return {
    fileName,
    value: toValue(document, fileName),
    lineOf: (path) => findLine(document.contents, path, lineAt),
  };
}

/**
 * Reads a file of YAML or JSON.
 *
 * @param option that names the file.
 * @throws UsageError that says why it cannot be read, with the lines of its mistakes.
 */
export async function readDocument(fileName: string, option: string): Promise<ConfigDocument> {
  return parse(await readFile(fileName, option), fileName);
}

/** Refuses a document for its problems. */
export function refuseDocument({ fileName, lineOf }: ConfigDocument, problems: readonly Problem[]): never {
  const lines = problems.map(({ path, message }) => {
    const place = formatPath(path);
    return `${fileName}:${lineOf(path)}: ${place === "" ? "" : `${place}: `}${message}`;
  });
  throw new UsageError(lines);
}

/** @throws UsageError naming line, key, what was expected and what came, for every problem at once. */
export function readShape<T>(document: ConfigDocument, shape: Shape<T>): T {
  const reading = read(shape, document.value);
  return "value" in reading ? reading.value : refuseDocument(document, reading.problems);
}
