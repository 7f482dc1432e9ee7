import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A fenced block of a README. */
export interface Block {
  readonly file: string;
  /** Of its first line. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** What stands in a comment right before it, such as `quickstart`. */
  readonly name: string | undefined;
}

/** What a block may use without a declaration, because text or blocks around it have declared it. */
const DECLARED_AROUND: Readonly<Record<string, string>> = {
  intercom: 'declare const intercom: import("axios").AxiosInstance;',
  email: "declare const email: string;",
  error: "declare const error: unknown;",
  app: "declare const app: { get(path: string, handler: unknown): void };",
  register: 'import { register } from "prom-client";',
  intercomFetch: 'import { intercomFetch } from "@intercom-telemetry/fetch";',
  IntercomClient: 'import { IntercomClient } from "intercom-client";',
  serveMetrics: 'import { serveMetrics } from "@intercom-telemetry/exporter";',
  metricsHandler: 'import { metricsHandler } from "@intercom-telemetry/exporter";',
};

/** All blocks of a file in these languages. */
export function readBlocks(file: string, languages: readonly string[]): Block[] {
  const text = readFileSync(`${root}${file}`, "utf8");
  const fences = text.matchAll(/(?:<!-- ([^>]+) -->\n)?```(\w+)\n([\s\S]*?)```/g);
  return [...fences]
    .map(([, name, language = "", block = ""]) => ({ name, language, text: block }))
    .filter(({ language }) => languages.includes(language))
    .map(({ name, language, text: block }) => {
      const line = text.slice(0, text.indexOf(block)).split("\n").length;
      return { file, line, language, text: block, name };
    });
}

/** Whether the block itself brings this name. */
function declares(text: string, name: string): boolean {
  const forms = [
    `(?:const|let|class|function) ${name}\\b`,
    `\\(${name}\\) (?:=>|\\{)`,
    `import [^;]*\\b${name}\\b[^;]* from`,
  ];
  return new RegExp(forms.join("|")).test(text);
}

const IMPORT = /^import [^;]*;.*\n/gm;

/** CommonJS cannot await outside a function: there the reader has one around. */
function inFunction(text: string): string {
  const imports = (text.match(IMPORT) ?? []).join("");
  return `${imports}export async function example() {\n${text.replace(IMPORT, "")}}`;
}

/** The block as a module that stands alone. */
export function toModule({ text }: Block, extension: "mts" | "cts"): string {
  const around = Object.entries(DECLARED_AROUND)
    .filter(([name]) => new RegExp(`\\b${name}\\b`).test(text) && !declares(text, name))
    .map(([, line]) => line);
  const awaits = /\bawait\b/.test(text) && !/\basync\b/.test(text);
  return `${around.join("\n")}\n${awaits && extension === "cts" ? inFunction(text) : text}\nexport {};\n`;
}

/** A block of the README by its name. */
export function findBlock(name: string): Block {
  const found = readBlocks("README.md", ["ts", "js"]).find((block) => block.name === name);
  if (!found) throw new Error(`README.md: expected a block named ${name}`);
  return found;
}
