import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRegularFile, readRegularFileSync } from "@intercom-telemetry/guards/files";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder: string;
const file = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "files-"));
  writeFileSync(file("small"), "grüße\n");
  writeFileSync(file("large"), "x".repeat(101));
  writeFileSync(file("full"), "x".repeat(100));
  symlinkSync(file("small"), file("link"));
  execFileSync("mkfifo", [file("fifo")]);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each<[string, (path: string) => Promise<string>]>([
  ["readRegularFile", (path) => readRegularFile(path, { maxBytes: 100 })],
  ["readRegularFileSync", async (path) => readRegularFileSync(path, { maxBytes: 100 })],
])("%s", (_, read) => {
  it("reads a file up to its bound, also through a link", async () => {
    expect(await read(file("small"))).toBe("grüße\n");
    expect(await read(file("link"))).toBe("grüße\n");
    expect(await read(file("full"))).toHaveLength(100);
  });

  it.each<[string, string, string, string]>([
    ["a FIFO that nobody writes", "fifo", "not_regular", "something that is not a regular file"],
    ["a folder", ".", "not_regular", "something that is not a regular file"],
    ["a device", "/dev/zero", "not_regular", "something that is not a regular file"],
    ["a file too long", "large", "too_long", "more than 100 bytes"],
    ["no file", "s3cret", "unreadable", "ENOENT"],
    ["a path that is none", "\0", "unreadable", "ERR_INVALID_ARG_VALUE"],
  ])("refuses %s at once, without its path", async (_case, name, reason, message) => {
    const path = name.startsWith("/") ? name : file(name);
    await expect(read(path)).rejects.toMatchObject({ name: "FileReadError", reason, message });
  });
});
