import { rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { readRegularFileSync } from "@intercom-telemetry/guards/files";

/** Name of the file that says that a run is writing into the folder. */
export const LOCK_NAME = ".intercom-telemetry.lock";

/** Longest time to wait for another run, which takes some milliseconds. */
const TIMEOUT_MS = 10_000;
const POLL_MS = 20;
/** A lock without a readable owner is one that is just being written, or was never written whole. */
const NAMELESS_MS = 2_000;

interface Owner {
  readonly pid: number;
  readonly host: string;
}

function readOwner(lock: string): Owner | undefined {
  try {
    const { pid, host } = JSON.parse(readRegularFileSync(lock)) as Partial<Owner>;
    return typeof pid === "number" && typeof host === "string" ? { pid, host } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, host }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function ageMs(file: string): number {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

/** Whether the run that made the lock was killed. */
function isStale(lock: string): boolean {
  const owner = readOwner(lock);
  return owner ? !isAlive(owner) : ageMs(lock) > NAMELESS_MS;
}

function tryCreate(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a stale lock. Only one run may at a time, or the second would remove the lock that the first made since. */
function removeStale(lock: string): void {
  const guard = `${lock}.stale`;
  if (ageMs(guard) > TIMEOUT_MS) rmSync(guard, { force: true });
  if (!tryCreate(guard, "")) return;
  try {
    if (isStale(lock)) rmSync(lock, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

const sleep = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};

/**
 * Does something in a folder while no other run does.
 *
 * @throws Error when another run holds the folder for too long.
 */
export function withLock<Result>(folder: string, work: () => Result): Result {
  const lock = join(folder, LOCK_NAME);
  const owner = JSON.stringify({ pid: process.pid, host: hostname() } satisfies Owner);
  const started = performance.now();
  while (!tryCreate(lock, owner)) {
    if (performance.now() - started > TIMEOUT_MS)
      throw new Error(`another run is writing to this folder; if none is, delete ${LOCK_NAME} in it`);
    if (isStale(lock)) removeStale(lock);
    else sleep(POLL_MS);
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}
