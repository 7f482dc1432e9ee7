import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkFiles } from "../../packages/dashboards/src/write/check-files.ts";
import { LOCK_NAME } from "../../packages/dashboards/src/write/lock.ts";
import { writeFiles } from "../../packages/dashboards/src/write/write-files.ts";

/** The file system with faults: what `fault` throws, the call throws. */
const disk = vi.hoisted(() => ({
  fault: undefined as ((name: string, run: () => unknown) => unknown) | undefined,
}));

vi.mock("node:fs", async (importActual) => {
  const actual = await importActual<Record<string, unknown>>();
  const writers = ["copyFileSync", "mkdirSync", "mkdtempSync", "renameSync", "rmSync", "writeFileSync"];
  const faulty = writers.map((name) => {
    const original = actual[name] as (...args: readonly unknown[]) => unknown;
    const run = (...args: readonly unknown[]) =>
      disk.fault ? disk.fault(name, () => original(...args)) : original(...args);
    return [name, run];
  });
  return { ...actual, ...Object.fromEntries(faulty) };
});

const PATHS = ["a/one.yaml", "b/two.yaml", "three.yaml"];
const set = (content: string) => PATHS.map((path) => ({ path, content: `${content} ${path}\n` }));
let out = "";

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "write-safety-"));
});
afterEach(() => {
  disk.fault = undefined;
  rmSync(out, { recursive: true, force: true });
});

const contents = () => PATHS.map((path) => readFileSync(join(out, path), "utf8").split(" ")[0]);
const inFolder = () => readdirSync(out).sort();
const CLEAN = [".intercom-telemetry.json", "a", "b", "three.yaml"];

/** What a process leaves that is killed before its call of this number; calls of a dead process do nothing. */
function killBefore(call: number): { readonly isDead: () => boolean } {
  let calls = 0;
  disk.fault = (_, run) => {
    calls += 1;
    if (calls >= call) throw new Error("killed");
    return run();
  };
  return { isDead: () => calls >= call };
}

/** The lock of the killed process names this one, which lives. */
function buryOwner(): void {
  const lock = join(out, LOCK_NAME);
  if (existsSync(lock)) writeFileSync(lock, JSON.stringify({ pid: 2 ** 30, host: hostname() }));
}

describe("a run that is killed at any call", () => {
  it.each(["new", "other"])("leaves every file whole, and the next run writes the %s set", (next) => {
    writeFiles(out, set("old"));
    let deaths = 0;
    for (let call = 1; ; call += 1) {
      const { isDead } = killBefore(call);
      try {
        writeFiles(out, set("new"));
      } catch (error) {
        expect((error as Error).message).toContain("killed");
      }
      disk.fault = undefined;
      if (!isDead()) break;
      deaths += 1;
      for (const content of contents()) expect(["old", "new"]).toContain(content);
      buryOwner();
      writeFiles(out, set(next));
      expect(contents()).toEqual([next, next, next]);
      expect(inFolder()).toEqual(CLEAN);
      writeFiles(out, set("old"));
    }
    expect(deaths).toBeGreaterThan(20);
  });

  it("leaves nothing behind when it made the folder, once the next run has ended", () => {
    for (let call = 1; ; call += 1) {
      const { isDead } = killBefore(call);
      try {
        writeFiles(out, set("new"));
      } catch {
        // Killed.
      }
      disk.fault = undefined;
      if (!isDead()) break;
      buryOwner();
      writeFiles(out, set("new"));
      expect(inFolder()).toEqual(CLEAN);
      rmSync(out, { recursive: true });
      mkdirSync(out);
    }
  });
});

describe("a disk that fails", () => {
  it.each(["copyFileSync", "mkdirSync", "mkdtempSync", "writeFileSync"])(
    "in %s changes nothing and leaves nothing",
    (failing) => {
      writeFiles(out, set("old"));
      let locked = false;
      disk.fault = (name, run) => {
        // The lock is made; afterwards the disk is full.
        if (name === failing && locked) throw new Error("ENOSPC");
        locked ||= name === "writeFileSync";
        return run();
      };
      expect(() => writeFiles(out, set("new"))).toThrow("ENOSPC");
      disk.fault = undefined;
      expect(contents()).toEqual(["old", "old", "old"]);
      expect(inFolder()).toEqual(CLEAN);
    },
  );

  it("in every call, as a read-only one does, changes nothing and says so", () => {
    writeFiles(out, set("old"));
    disk.fault = () => {
      throw new Error("EROFS");
    };
    expect(() => writeFiles(out, set("new"))).toThrow("EROFS");
    disk.fault = undefined;
    expect(contents()).toEqual(["old", "old", "old"]);
    expect(inFolder()).toEqual(CLEAN);
  });

  it("in one rename puts back what was there", () => {
    writeFiles(out, set("old"));
    let renames = 0;
    disk.fault = (name, run) => {
      if (name !== "renameSync") return run();
      renames += 1;
      if (renames === 3) throw new Error("EIO");
      return run();
    };
    expect(() => writeFiles(out, set("new"))).toThrow("EIO");
    disk.fault = undefined;
    expect(contents()).toEqual(["old", "old", "old"]);
    expect(inFolder()).toEqual(CLEAN);
  });

  it("in every rename from then on keeps the only copies, says where, and no later run deletes them", () => {
    writeFiles(out, set("old"));
    let renames = 0;
    disk.fault = (name, run) => {
      if (name !== "renameSync") return run();
      renames += 1;
      if (renames >= 4) throw new Error("EIO");
      return run();
    };
    let message = "";
    try {
      writeFiles(out, set("new"));
    } catch (error) {
      ({ message } = error as Error);
    }
    disk.fault = undefined;
    const [, kept = ""] = /what was there before is kept in the folder, in (.*)$/.exec(message) ?? [];
    expect(contents()).toEqual(["new", "new", "old"]);
    writeFiles(out, set("new"));
    expect(contents()).toEqual(["new", "new", "new"]);
    for (const path of PATHS) expect(readFileSync(join(out, kept, path), "utf8")).toBe(`old ${path}\n`);
  });
});

describe("runs at the same time", () => {
  it("wait for each other no longer than ten seconds, and name the lock", () => {
    const clock = vi.spyOn(performance, "now");
    let now = 0;
    clock.mockImplementation(() => {
      now += 4000;
      return now;
    });
    const lock = join(out, LOCK_NAME);
    writeFileSync(lock, JSON.stringify({ pid: process.pid, host: hostname() }));
    expect(() => writeFiles(out, set("new"))).toThrow(`delete ${LOCK_NAME}`);
    clock.mockRestore();
    expect(existsSync(lock)).toBe(true);
  });

  it.each([
    ["of a process that is gone", JSON.stringify({ pid: 2 ** 30, host: hostname() })],
    ["that was not written whole", '{"pid":'],
  ])("do not wait for a lock %s", (_, content) => {
    const lock = join(out, LOCK_NAME);
    writeFileSync(lock, content);
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, longAgo, longAgo);
    writeFiles(out, set("new"));
    expect(inFolder()).toEqual(CLEAN);
  });
});

it("what is not a regular file is not waited for: a FIFO in the place of the manifest, or of a file", () => {
  for (const name of [".intercom-telemetry.json", "three.yaml"]) {
    execFileSync("mkfifo", [join(out, name)]);
    expect(() => writeFiles(out, set("new"))).toThrow(name);
    if (name === "three.yaml") expect(() => checkFiles(out, set("new"))).toThrow("not a regular file");
    rmSync(join(out, name));
  }
});

it.each(["", " "])("the empty path %j is refused, and not taken for the current folder", (folder) => {
  const message = "folder: expected the path of a folder, got an empty string";
  expect(() => writeFiles(folder, set("new"))).toThrow(new TypeError(message));
  expect(() => checkFiles(folder, set("new"))).toThrow(new TypeError(message));
});
