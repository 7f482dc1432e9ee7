import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { hashSecret } from "@intercom-telemetry/exporter";
import { ask } from "../exporter/http-request.ts";
import type { Attackers } from "./attack.ts";

/** What proven scrapes took, in seconds. */
export interface LoadReport {
  readonly usual: readonly number[];
  readonly attacked: readonly number[];
  readonly guesses: number;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const TOKEN = "long-token";
const USUAL_SCRAPES = 20;
const PAUSE_MILLISECONDS = 50;

/** Three clients guess, 140 sockets hang, and 10,000 connections want metrics without credentials. */
export const ATTACKERS: Attackers = {
  connections: 10_000,
  atOnce: 200,
  slowSockets: 140,
  guessers: ["127.0.0.2", "127.0.0.3", "127.0.0.4"],
};

function start(
  program: string,
  args: readonly string[],
): ChildProcess & { readonly stdout: NodeJS.ReadableStream } {
  const child = spawn(process.execPath, ["--import", "tsx", here(program), ...args], {
    cwd: here("../.."),
    env: { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.base.json" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (!child.stdout) throw new Error("expected a pipe");
  return Object.assign(child, { stdout: child.stdout });
}

/** Seconds that a scrape with the right token takes. It has a separate connection, as a scraper's first one. */
async function scrape(url: string): Promise<number> {
  const started = performance.now();
  const { status } = await ask(url, { headers: { authorization: `Bearer ${TOKEN}` } });
  if (status !== 200) throw new Error(`expected a scrape with status 200, got ${status}`);
  return (performance.now() - started) / 1000;
}

/** Scrapes a service before and while it is attacked. The service, the attackers and the scraper are three processes. */
export async function runLoad(attackers: Attackers): Promise<LoadReport> {
  const service = start("attacked-service.ts", [await hashSecret(TOKEN)]);
  try {
    const [line] = (await once(service.stdout, "data")) as [Buffer];
    const url = line.toString().trim();
    await scrape(url);
    const usual: number[] = [];
    for (let count = 0; count < USUAL_SCRAPES; count += 1) usual.push(await scrape(url));
    const attacker = start("attacker-worker.ts", [url, JSON.stringify(attackers)]);
    let isOver = false;
    const output = text(attacker.stdout).finally(() => {
      isOver = true;
    });
    const attacked: number[] = [];
    while (!isOver) {
      attacked.push(await scrape(url));
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
    return { usual, attacked, ...(JSON.parse(await output) as { guesses: number }) };
  } finally {
    service.kill("SIGKILL");
  }
}
