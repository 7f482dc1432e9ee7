import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build, type Plugin } from "esbuild";
import { alias } from "../vitest.config.ts";
import { at, type Block, folderOf } from "./blocks.ts";
import { ROOT } from "./pages.ts";
import { missingLine } from "./printed.ts";

const LIMIT_SECONDS = 30;

const usesRequire = ({ text }: Block): boolean => /\brequire\(/.test(text);

/** The packages from their sources, all others as they are installed, each block from its page. */
const fromPages = (blocks: ReadonlyMap<string, Block>): Plugin => ({
  name: "pages",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^block-\d+$/ }, ({ path }) => ({ path, namespace: "page" }));
    onLoad({ filter: /.*/, namespace: "page" }, ({ path }) => {
      const { text = "", language } = blocks.get(path) ?? {};
      return { contents: text, loader: language === "js" ? "js" : "ts", resolveDir: ROOT };
    });
    onResolve({ filter: /^@intercom-telemetry\// }, ({ path }) => {
      const found = alias.find(({ find }) => find.test(path));
      return found && { path: found.replacement };
    });
    onResolve({ filter: /^intercom-client$/ }, ({ importer, path }) => {
      const sdk = blocks.get(importer)?.sdk ?? "5";
      return { path: sdk === "5" ? path : `${path}-${sdk}`, external: true };
    });
  },
});

type Bundled = { readonly block: Block; readonly file: string };

/** Bundles the blocks of one folder, from which they find what they import. */
async function bundle(
  folder: string,
  blocks: readonly Block[],
  format: "esm" | "cjs",
): Promise<readonly Bundled[]> {
  if (blocks.length === 0) return [];
  const named = new Map(blocks.map((block, index) => [`block-${index}`, block]));
  const extension = format === "esm" ? ".mjs" : ".cjs";
  await build({
    entryPoints: [...named.keys()],
    plugins: [fromPages(named)],
    outdir: folder,
    outExtension: { ".js": extension },
    bundle: true,
    splitting: format === "esm",
    format,
    platform: "node",
    target: "node20",
    packages: "external",
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
    logLevel: "silent",
  });
  return [...named].map(([name, block]) => ({ block, file: join(folder, `${name}${extension}`) }));
}

/**
 * Runs a program until it has ended or has printed all that it should; returns what went wrong.
 *
 * @param variables of its environment. With some, it is run to its end.
 */
export function runFile(
  file: string,
  block: Block,
  simulatorUrl: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const preload = `${ROOT}test/docs/lead-to-simulator.mjs`;
  const own = { INTERCOM_ACCESS_TOKEN: "demo-token", SIMULATOR_URL: simulatorUrl };
  const env = { ...process.env, ...own, ...variables };
  const mayEndEarly = Object.keys(variables).length === 0;
  const worker = new Worker(file, { execArgv: ["--import", preload], env, stdout: true, stderr: true });
  let printed = "";
  const missing = () => missingLine(block.output ?? "", printed);
  return new Promise((resolve) => {
    const end = (problem: string | undefined) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(problem && `${at(block)}: ${problem}\nprinted:\n${printed}`);
    };
    const timer = setTimeout(() => {
      end(`did not end in ${LIMIT_SECONDS} s; missing: ${missing() ?? "nothing"}`);
    }, LIMIT_SECONDS * 1000);
    const listen = (chunk: Buffer) => {
      printed += chunk.toString();
      if (mayEndEarly && block.output !== undefined && missing() === undefined) end(undefined);
    };
    worker.stdout.on("data", listen);
    worker.stderr.on("data", listen);
    worker.on("error", (error) => end(String(error instanceof Error ? error.stack : error)));
    worker.on("exit", (code) => {
      // What it printed last may come after its end.
      setImmediate(() => {
        const line = missing();
        if (code !== 0) end(`ended with code ${code}`);
        else end(line === undefined ? undefined : `did not print: ${line}`);
      });
    });
  });
}

/** A folder for programs, from which they find what the folder's own packages find. */
function makeFolder(beside: string): string {
  const cache = `${ROOT}${beside}node_modules/.cache/docs-blocks`;
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, "run-"));
}

/** Runs every block as it stands on its page; `api.intercom.io` is the simulator. Returns what went wrong. */
export async function runBlocks(blocks: readonly Block[], simulatorUrl: string): Promise<readonly string[]> {
  const inNest = blocks.filter((block) => folderOf(block) === "examples/nestjs/");
  const others = blocks.filter((block) => !inNest.includes(block));
  const [root, nest] = [makeFolder(""), makeFolder("examples/nestjs/")];
  try {
    const waiting = [
      ...(await bundle(
        join(root, "esm"),
        others.filter((block) => !usesRequire(block)),
        "esm",
      )),
      ...(await bundle(join(root, "cjs"), others.filter(usesRequire), "cjs")),
      ...(await bundle(nest, inNest, "esm")),
    ];
    const problems: string[] = [];
    const lane = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const problem = await runFile(next.file, next.block, simulatorUrl);
        if (problem) problems.push(problem);
      }
    };
    await Promise.all([lane(), lane(), lane()]);
    return problems;
  } finally {
    for (const folder of [root, nest]) rmSync(folder, { recursive: true, force: true });
  }
}
