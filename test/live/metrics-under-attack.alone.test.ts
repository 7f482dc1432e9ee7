import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { hashSecret } from "@intercom-telemetry/exporter";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ask } from "../exporter/http-request.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const CONNECTIONS = 10_000;
const AT_ONCE = 20;
const SLOW_SOCKETS = 140;
const GUESSERS = ["127.0.0.2", "127.0.0.3", "127.0.0.4"];
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

let server: ChildProcess;
let url = "";
let attacking = true;
const slow = new Set<Socket>();

beforeAll(async () => {
  const tsx = ["--import", "tsx", here("./attack-server.ts"), await hashSecret("long-token")];
  server = spawn(process.execPath, tsx, {
    cwd: here("../.."),
    env: { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.base.json" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (!server.stdout) throw new Error("expected a pipe");
  const [line] = (await once(server.stdout, "data")) as [Buffer];
  url = line.toString().trim();
});
afterAll(() => {
  attacking = false;
  for (const socket of slow) socket.destroy();
  server.kill("SIGKILL");
});

async function scrape(): Promise<number> {
  const started = performance.now();
  const { status } = await ask(url, { headers: bearer("long-token") });
  expect(status).toBe(200);
  return (performance.now() - started) / 1000;
}

/** A socket that sends a request one byte a second, and comes again as soon as it is closed. */
function hang(): void {
  const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write("GET /metr"));
  const drip = setInterval(() => socket.write("i"), 1000);
  slow.add(socket);
  socket.on("error", () => {});
  socket.on("close", () => {
    clearInterval(drip);
    slow.delete(socket);
    if (attacking) setTimeout(hang, 100);
  });
}

async function guess(localAddress: string): Promise<number> {
  let count = 0;
  for (; attacking; count += 1)
    await ask(url, { localAddress, headers: bearer(`guess-${count}`) }).catch(() => {});
  return count;
}

async function flood(): Promise<void> {
  for (let count = 0; count < CONNECTIONS / AT_ONCE; count += 1) await ask(url).catch(() => {});
}

it("10,000 connections, slow sockets and guessers do not delay a proven scrape by a second", async () => {
  await scrape();
  const usual: number[] = [];
  for (let count = 0; count < 20; count += 1) usual.push(await scrape());
  for (let count = 0; count < SLOW_SOCKETS; count += 1) hang();
  const guessing = Promise.all(GUESSERS.map(guess));
  const flooding = Promise.all(Array.from({ length: AT_ONCE }, flood));
  let flooded = false;
  void flooding.then(() => {
    flooded = true;
  });
  const attacked: number[] = [];
  while (!flooded) {
    attacked.push(await scrape());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  attacking = false;
  const [usually = 0] = usual.sort((left, right) => right - left);
  const slowest = Math.max(...attacked);
  const guesses = (await guessing).reduce((sum, count) => sum + count, 0);
  const milliseconds = (seconds: number) => `${Math.round(seconds * 1000)} ms`;
  console.log(
    `${attacked.length} scrapes, slowest ${milliseconds(slowest)} (usually ${milliseconds(usually)}), ${guesses} guesses`,
  );
  expect(attacked.length).toBeGreaterThan(20);
  expect(slowest - usually).toBeLessThan(1);
});
