import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsdown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { PUBLISHED, packAll, run } from "./packed.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Component {
  readonly name: string;
  readonly group?: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly unknown[];
  readonly externalReferences?: readonly {
    readonly type: string;
    readonly hashes?: readonly { readonly alg: string }[];
  }[];
}

interface Bom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const nameOf = ({ group, name }: Component): string => (group === undefined ? name : `${group}/${name}`);

describe("what is released", () => {
  let packed: ReturnType<typeof packAll>;
  const readPacked = (name: string, file: string): string =>
    run("tar", ["-xzOf", packed.tarballs[name] ?? "", `package/${file}`], root);

  beforeAll(() => {
    packed = packAll();
  });
  afterAll(() => {
    if (packed) rmSync(packed.folder, { recursive: true, force: true });
  });

  it("has the same bytes when it is built and packed again", () => {
    const again = packAll();
    const sums = (folder: string) => readFileSync(join(folder, "SHA512SUMS"), "utf8");
    const [first, second] = [sums(packed.folder), sums(again.folder)];
    rmSync(again.folder, { recursive: true, force: true });
    expect(second).toBe(first);
    expect(first.trim().split("\n")).toHaveLength(PUBLISHED.length);
  });

  it("is checked by its hashes, and a byte that was changed is noticed", () => {
    const check = () =>
      execFileSync("sha512sum", ["--check", "--strict", "--quiet", "SHA512SUMS"], {
        cwd: packed.folder,
        stdio: "pipe",
      });
    check();
    const tarball = packed.tarballs.core ?? "";
    const bytes = readFileSync(tarball);
    writeFileSync(tarball, Buffer.concat([bytes, Buffer.alloc(1)]));
    expect(check).toThrow("1 computed checksum did NOT match");
    writeFileSync(tarball, bytes);
    check();
  });

  it.each(PUBLISHED)(
    "of %s has a bill of materials: what it brings, with versions, licenses and hashes",
    (name) => {
      const manifest = JSON.parse(readPacked(name, "package.json"));
      const bom: Bom = JSON.parse(readPacked(name, "dist/sbom.cdx.json"));
      expect(bom).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6" });
      // What differs from one run to the next would make the tarball differ.
      expect(bom).not.toHaveProperty("serialNumber");
      expect(bom.metadata).not.toHaveProperty("timestamp");
      expect(bom.metadata.component).toMatchObject({
        purl: `pkg:npm/${encodeURIComponent("@")}intercom-telemetry/${name}@${manifest.version}`,
      });
      const own = bom.dependencies.find(({ ref }) => ref === bom.metadata.component.purl);
      const direct = bom.components.filter(({ purl }) => own?.dependsOn.includes(purl));
      expect(Object.fromEntries(direct.map((each) => [nameOf(each), each.version]))).toEqual(
        manifest.dependencies ?? {},
      );
      // axios and the like are the user's.
      expect(bom.components.map(({ name: each }) => each)).not.toContain("axios-retry");
      for (const component of bom.components) {
        expect(component.licenses?.length, component.name).toBeGreaterThan(0);
        if (component.group === "@intercom-telemetry") continue;
        const distribution = component.externalReferences?.find(({ type }) => type === "distribution");
        expect(distribution?.hashes?.map(({ alg }) => alg)).toEqual(["SHA-512"]);
      }
      const references = bom.dependencies.map(({ ref }) => ref);
      for (const { dependsOn } of bom.dependencies)
        for (const reference of dependsOn) expect(references).toContain(reference);
    },
  );
});

it("a build that would bundle others' code, and so owe their license, fails", async () => {
  const { onlyOurs } = await import(`${root}packages/toolchain/src/only-ours.mjs`);
  const folder = mkdtempSync(join(tmpdir(), "only-ours-"));
  writeFileSync(
    join(folder, "index.js"),
    `export { parse } from ${JSON.stringify(`${root}node_modules/yaml/browser/index.js`)};\n`,
  );
  const failure: unknown = await build({
    cwd: folder,
    config: false,
    entry: ["index.js"],
    dts: false,
    plugins: [onlyOurs],
    logLevel: "silent",
    noExternal: [/./],
  }).catch((error: unknown) => error);
  rmSync(folder, { recursive: true, force: true });
  expect(String(failure)).toMatch(/expected only our own code in the bundle, got .*yaml/);
});

it("pnpm has one version and one hash everywhere", () => {
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
    packageManager: string;
  };
  const version = /^pnpm@([\d.]+)\+sha512\.[\da-f]{128}$/.exec(packageManager)?.[1];
  expect(run(process.execPath, ["packages/toolchain/src/pnpm.mjs", "--version"], root).trim()).toBe(version);
  const workspace = parse(readFileSync(`${root}pnpm-workspace.yaml`, "utf8")) as { pmOnFail: string };
  expect(workspace.pmOnFail).toBe("ignore");
});
