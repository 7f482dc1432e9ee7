import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkFiles, ForeignFileError, renderFiles, writeFiles } from "@intercom-telemetry/dashboards";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replaceAll } from "../../packages/dashboards/src/write/replace-all.ts";

let root = "";
const files = [
  { path: "a/one.yaml", content: "one\n" },
  { path: "b/two.yaml", content: "first\nsecond\n" },
];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "dashboards-write-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (path: string): string => readFileSync(join(root, path), "utf8");

describe("writing", () => {
  it("makes the folder, leaves nothing aside, and finds everything up to date the second time", () => {
    expect(writeFiles(join(root, "deep/out"), files).written).toEqual(["a/one.yaml", "b/two.yaml"]);
    expect(read("deep/out/b/two.yaml")).toBe("first\nsecond\n");
    expect(readdirSync(join(root, "deep"))).toEqual(["out"]);
    expect(writeFiles(join(root, "deep/out"), files)).toEqual({
      written: [],
      unchanged: ["a/one.yaml", "b/two.yaml"],
    });
  });

  it("replaces what it wrote before, keeps what others wrote, and keeps track over several runs", () => {
    writeFiles(join(root, "out"), files);
    writeFileSync(join(root, "out/a/mine.txt"), "mine");
    writeFiles(join(root, "out"), [{ path: "a/one.yaml", content: "new\n" }]);
    writeFiles(join(root, "out"), [{ path: "b/two.yaml", content: "new\n" }]);
    expect([read("out/a/one.yaml"), read("out/b/two.yaml"), read("out/a/mine.txt")]).toEqual([
      "new\n",
      "new\n",
      "mine",
    ]);
  });

  it("refuses to replace a file that it did not write, writes nothing then, and replaces it when told to", () => {
    mkdirSync(join(root, "out/b"), { recursive: true });
    writeFileSync(join(root, "out/b/two.yaml"), "by hand");
    expect(() => writeFiles(join(root, "out"), files)).toThrow(ForeignFileError);
    expect(() => writeFiles(join(root, "out"), files)).toThrow("b/two.yaml");
    expect(existsSync(join(root, "out/a"))).toBe(false);
    expect(readdirSync(root)).toEqual(["out"]);
    writeFiles(join(root, "out"), files, true);
    expect(read("out/b/two.yaml")).toBe("first\nsecond\n");
  });

  it("refuses to replace its own file when that was changed since", () => {
    writeFiles(join(root, "out"), files);
    writeFileSync(join(root, "out/a/one.yaml"), "edited\n");
    expect(() => writeFiles(join(root, "out"), [{ path: "a/one.yaml", content: "new\n" }])).toThrow(
      "a/one.yaml",
    );
  });

  it("takes a file with the right content as its own", () => {
    mkdirSync(join(root, "out/a"), { recursive: true });
    writeFileSync(join(root, "out/a/one.yaml"), "one\n");
    expect(writeFiles(join(root, "out"), files).unchanged).toEqual(["a/one.yaml"]);
  });

  it("never replaces a folder, even when told to", () => {
    mkdirSync(join(root, "out/a/one.yaml"), { recursive: true });
    expect(() => writeFiles(join(root, "out"), files, true)).toThrow(ForeignFileError);
  });

  it("does not follow a link out of the folder", () => {
    mkdirSync(join(root, "out"));
    mkdirSync(join(root, "elsewhere"));
    symlinkSync(join(root, "elsewhere"), join(root, "out/a"));
    expect(() => writeFiles(join(root, "out"), files)).toThrow("expected a folder, got a link");
    expect(readdirSync(join(root, "elsewhere"))).toEqual([]);
  });

  it("does not lose a file that stands where a folder should be", () => {
    mkdirSync(join(root, "out"));
    writeFileSync(join(root, "out/a"), "mine");
    expect(() => writeFiles(join(root, "out"), files, true)).toThrow("expected a folder, got a file");
    expect(read("out/a")).toBe("mine");
    expect(readdirSync(root)).toEqual(["out"]);
  });

  it("puts back what was there when a rename fails halfway", () => {
    mkdirSync(join(root, "aside/new"), { recursive: true });
    mkdirSync(join(root, "out"));
    writeFileSync(join(root, "out/changed"), "before");
    for (const name of ["changed", "added"]) writeFileSync(join(root, "aside/new", name), "after");
    // The third was never staged, so that its rename fails.
    const moves = ["changed", "added", "lost"].map((path) => ({
      staged: join(root, "aside/new", path),
      path,
    }));
    expect(() => replaceAll(moves, join(root, "aside"), join(root, "out"))).toThrow("ENOENT");
    expect(readdirSync(join(root, "out"))).toEqual(["changed"]);
    expect(read("out/changed")).toBe("before");
  });

  it("refuses a file in the place of the folder, and a list of files that it did not write", () => {
    writeFileSync(join(root, "file"), "");
    expect(() => writeFiles(join(root, "file"), files)).toThrow("expected a folder, got a file");
    mkdirSync(join(root, "out"));
    writeFileSync(join(root, "out/.intercom-telemetry.json"), "[]");
    expect(() => writeFiles(join(root, "out"), files)).toThrow("expected the list of files");
  });
});

describe("checking", () => {
  it("finds nothing after writing, a changed byte by its line, and a missing file", () => {
    const out = join(root, "out");
    const all = renderFiles();
    writeFiles(out, all);
    expect(checkFiles(out, all)).toEqual([]);
    const path = "prometheus/intercom-client-alerts.yaml";
    writeFileSync(join(out, path), read(`out/${path}`).replace("interval: 30s", "interval: 31s"));
    rmSync(join(out, "kubernetes/prometheus-rule.yaml"));
    expect(checkFiles(out, all)).toEqual([
      { path, kind: "different", line: 5, expected: "    interval: 30s", found: "    interval: 31s" },
      { path: "kubernetes/prometheus-rule.yaml", kind: "missing" },
    ]);
  });

  it("sees a file that is only longer or shorter", () => {
    writeFiles(join(root, "out"), files);
    writeFileSync(join(root, "out/a/one.yaml"), "one\nmore\n");
    expect(checkFiles(join(root, "out"), files)[0]).toMatchObject({ line: 2, expected: "", found: "more" });
  });
});
