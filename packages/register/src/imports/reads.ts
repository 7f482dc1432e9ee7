import promises from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { isAxiosEntry } from "./axios-entry.ts";
import { tellOf } from "./stand-in.ts";

type ReadFile = (...words: unknown[]) => Promise<unknown>;

interface Reads {
  isSeen: boolean;
  isKept: boolean;
  end(): void;
}

let reads: Reads | undefined;

/** As the last lines of a module they see all that it exports. It imports itself, since a default has no name inside. */
const lastLines = (url: string): Buffer =>
  Buffer.from(
    `\nimport intercomTelemetryAxios from ${JSON.stringify(url)};\n${tellOf("intercomTelemetryAxios")}`,
  );

function addLines(source: unknown, url: URL): unknown {
  const isAxios = source instanceof Uint8Array && isAxiosEntry(fileURLToPath(url), "module");
  return isAxios ? Buffer.concat([source, lastLines(url.href)]) : source;
}

/**
 * Watches how Node reads ES modules: through `fs.promises`, in the versions that have no synchronous hooks. That is
 * documented nowhere, so what counts is whether the next module of this folder is seen; it is not where others have
 * hooks in Node's thread for them.
 *
 * @param url of a module in the folder.
 */
export function watchReads(url: string): void {
  const { href: folder } = new URL(".", url);
  const holder = promises as { readFile: ReadFile };
  const { readFile: original } = holder;
  const watched = function readFile(this: unknown, ...words: unknown[]): Promise<unknown> {
    const reading: Promise<unknown> = Reflect.apply(original, this, words);
    const [file, options] = words;
    // Node's loader names neither encoding nor anything else.
    if (!(file instanceof URL) || options !== undefined) return reading;
    current.isSeen ||= file.href.startsWith(folder);
    return file.pathname.endsWith("/axios/index.js")
      ? reading.then((source) => addLines(source, file))
      : reading;
  };
  const current: Reads = {
    isSeen: false,
    isKept: false,
    end() {
      if (holder.readFile === watched) holder.readFile = original;
    },
  };
  reads = current;
  holder.readFile = watched;
}

/** Whether Node's reads of modules are seen. They stay watched then. */
export function keepReads(): boolean {
  if (reads?.isSeen) reads.isKept = true;
  return reads?.isKept === true;
}

/** Ends a watch that nothing makes use of. */
export function endUnkeptReads(): void {
  if (reads?.isKept === false) reads.end();
}
