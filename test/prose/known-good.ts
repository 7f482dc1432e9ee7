import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const rules = new URL("./", import.meta.url);

const digest = (parts: readonly string[]) => createHash("sha256").update(parts.join("\0")).digest("base64");

/** Everything that decides about a file, so that a changed rule or dictionary forgets all of them. */
function digestRules(): string {
  const files = readdirSync(rules, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(?:ts|txt)$/.test(name),
  );
  return digest(files.sort().map((name) => readFileSync(new URL(name, rules), "utf8")));
}

/** Remembers the files in which nothing was found, by their content: they are not looked at again. */
export class KnownGood {
  readonly #path: string;
  readonly #known: ReadonlySet<string>;
  readonly #rules: string = digestRules();
  readonly #digests: Map<string, string> = new Map();

  constructor(path: string) {
    this.#path = path;
    this.#known = this.#read();
  }

  has(file: string, content: string): boolean {
    const found = digest([file, content]);
    this.#digests.set(file, found);
    return this.#known.has(found);
  }

  /** Keeps every file that was asked for, except those with a finding. */
  save(faulty: ReadonlySet<string>): void {
    const good = [...this.#digests].filter(([file]) => !faulty.has(file)).map(([, found]) => found);
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, JSON.stringify([this.#rules, ...good]));
  }

  #read(): ReadonlySet<string> {
    try {
      const [rulesThen, ...known] = JSON.parse(readFileSync(this.#path, "utf8")) as string[];
      return new Set(rulesThen === this.#rules ? known : []);
    } catch {
      return new Set();
    }
  }
}
