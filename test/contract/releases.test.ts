import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { VERSION } from "@intercom-telemetry/core";
import { describe, expect, it } from "vitest";
import { PUBLISHED } from "../support/packages.ts";

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

describe("a release", () => {
  it.each(PUBLISHED)("of $folder is described by its changelog, the newest version first", ({ folder }) => {
    expect(/^## (.+)$/m.exec(read(`packages/${folder}/CHANGELOG.md`))?.[1]).toBe(VERSION);
  });

  it("gives every published package the same version", () => {
    const { fixed } = JSON.parse(read(".changeset/config.json")) as { fixed: string[][] };
    expect(fixed).toEqual([PUBLISHED.map(({ manifest }) => manifest.name)]);
  });

  it("is listed at the top for every published package", () => {
    const listed = [...read("CHANGELOG.md").matchAll(/^- .*\((packages\/[^)]+)\)$/gm)].map(
      ([, path]) => path,
    );
    expect(listed).toEqual(PUBLISHED.map(({ folder }) => `packages/${folder}/CHANGELOG.md`));
  });
});
