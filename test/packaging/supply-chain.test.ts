import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { PUBLISHED, run } from "./packed.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly version: string;
  readonly scripts?: Readonly<Record<string, string>> | undefined;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly publishConfig?: unknown;
}

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly resolution: Readonly<Record<string, string>> }>>;
}

const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");
const readManifest = (folder: string): Manifest => JSON.parse(read(`${folder}/package.json`)) as Manifest;

const workspace = parse(read("pnpm-workspace.yaml")) as {
  readonly catalog: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
  readonly allowBuilds: Readonly<Record<string, boolean>>;
};
const lock = parse(read("pnpm-lock.yaml")) as LockFile;
const everyManifest = [
  "",
  ...["packages", "examples"].flatMap((folder) =>
    readdirSync(`${root}${folder}`).map((name) => `${folder}/${name}`),
  ),
].filter((folder) => existsSync(`${root}${folder}/package.json`));

/** All that a published package may bring along; the reasons are in SECURITY.md. */
const BROUGHT: Readonly<Record<(typeof PUBLISHED)[number], readonly string[]>> = {
  core: [],
  axios: ["@intercom-telemetry/core"],
  fetch: ["@intercom-telemetry/core"],
  exporter: ["@intercom-telemetry/core"],
  register: [
    "@intercom-telemetry/axios",
    "@intercom-telemetry/core",
    "@intercom-telemetry/exporter",
    "@intercom-telemetry/fetch",
  ],
  simulator: ["@intercom-telemetry/core"],
  dashboards: ["@intercom-telemetry/core", "yaml"],
  cli: [
    "@intercom-telemetry/core",
    "@intercom-telemetry/dashboards",
    "@intercom-telemetry/exporter",
    "@intercom-telemetry/simulator",
    "@opentelemetry/api",
    "commander",
    "prom-client",
    "yaml",
  ],
};

/** What these bring themselves. */
const BROUGHT_BY: Readonly<Record<string, readonly string[]>> = {
  "prom-client": ["@opentelemetry/api", "tdigest"],
};

/** What the user's service brings, and what it may leave out. */
const PEERS: Readonly<
  Record<
    (typeof PUBLISHED)[number],
    { readonly needed: readonly string[]; readonly optional: readonly string[] }
  >
> = {
  // Only `core/record` needs it.
  core: { needed: [], optional: ["@opentelemetry/api"] },
  // The entry that measures automatically works on the axios that it is given.
  axios: { needed: ["@opentelemetry/api"], optional: ["axios", "axios-retry"] },
  fetch: { needed: ["@opentelemetry/api"], optional: [] },
  exporter: { needed: [], optional: [] },
  // The page of metrics needs the last one.
  register: {
    needed: ["@opentelemetry/api", "@opentelemetry/instrumentation"],
    optional: ["prom-client"],
  },
  simulator: { needed: [], optional: [] },
  dashboards: { needed: [], optional: [] },
  cli: { needed: [], optional: [] },
};

const installScriptsOf = ({ scripts }: Pick<Manifest, "scripts">): string[] =>
  ["preinstall", "install", "postinstall"].filter((name) => scripts?.[name] !== undefined);

/** The manifest of every package that is installed here. */
function listInstalled(): Manifest[] {
  const store = `${root}node_modules/.pnpm`;
  return readdirSync(store).flatMap((entry) => {
    const modules = `${store}/${entry}/node_modules`;
    if (!existsSync(modules)) return [];
    const names = readdirSync(modules).flatMap((name) =>
      name.startsWith("@") ? readdirSync(`${modules}/${name}`).map((inner) => `${name}/${inner}`) : [name],
    );
    return names
      .map((name) => `${modules}/${name}/package.json`)
      .filter((file) => existsSync(file))
      .map((file) => JSON.parse(readFileSync(file, "utf8")) as Manifest);
  });
}

describe("the published packages", () => {
  it.each(PUBLISHED)(
    "of %s bring nothing beyond what is named here and, with its reason, in SECURITY.md",
    (name) => {
      const brought = Object.keys(readManifest(`packages/${name}`).dependencies ?? {});
      expect(brought.sort()).toEqual(BROUGHT[name]);
      const security = read("SECURITY.md");
      for (const each of brought.filter((dependency) => !dependency.startsWith("@intercom-telemetry/"))) {
        expect(security).toContain(`| \`${each}\` |`);
        const own = JSON.parse(read(`packages/${name}/node_modules/${each}/package.json`)) as Manifest;
        expect(Object.keys(own.dependencies ?? {}).sort(), each).toEqual(BROUGHT_BY[each] ?? []);
      }
    },
  );

  it.each(PUBLISHED)("of %s ask the service for no more than they import", (name) => {
    const { peerDependencies = {}, peerDependenciesMeta = {} } = readManifest(`packages/${name}`);
    const isOptional = (peer: string): boolean => peerDependenciesMeta[peer]?.optional === true;
    const peers = Object.keys(peerDependencies).sort();
    expect(peers.filter((peer) => !isOptional(peer))).toEqual(PEERS[name].needed);
    expect(peers.filter(isOptional)).toEqual(PEERS[name].optional);
  });

  it("are all that is not private, and are published with provenance", () => {
    const published = readdirSync(`${root}packages`)
      .map((name) => readManifest(`packages/${name}`))
      .filter((manifest) => manifest.private !== true);
    expect(published.map(({ name }) => name).sort()).toEqual(
      PUBLISHED.map((name) => `@intercom-telemetry/${name}`).sort(),
    );
    for (const { name, publishConfig, scripts } of published) {
      expect(publishConfig, name).toEqual({ access: "public", provenance: true });
      expect(installScriptsOf({ scripts }), `${name} runs nothing when it is installed`).toEqual([]);
    }
  });
});

describe("the lock file", () => {
  it("takes every package from the registry, with a checksum", () => {
    const resolutions = Object.entries(lock.packages);
    expect(resolutions.length).toBeGreaterThan(300);
    for (const [name, { resolution }] of resolutions) {
      expect(Object.keys(resolution), name).toEqual(["integrity"]);
      expect(resolution.integrity, name).toMatch(/^sha512-/);
    }
  });

  it("has no package with an install script that is not named and switched off", () => {
    const scripted = listInstalled().filter((manifest) => installScriptsOf(manifest).length > 0);
    expect(scripted.length).toBeGreaterThan(0);
    const named = Object.keys(workspace.allowBuilds);
    expect(scripted.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
    expect(Object.values(workspace.allowBuilds).filter(Boolean)).toEqual([]);
  });

  it("cannot hold the malicious intercom-client 7.0.4", () => {
    expect(workspace.overrides["intercom-client@7.0.4"]).toBe("7.0.3");
    const versions = Object.keys(lock.packages).filter((name) => name.startsWith("intercom-client@"));
    expect(versions.length).toBeGreaterThan(0);
    expect(versions).not.toContain("intercom-client@7.0.4");
    const wanted = everyManifest.map(readManifest).flatMap((manifest) => [
      ...Object.entries({
        ...manifest.dependencies,
        ...manifest.devDependencies,
        ...manifest.peerDependencies,
      }),
    ]);
    const asked = wanted.filter(
      ([name, range]) => /^intercom-client/.test(name) || /^npm:intercom-client/.test(range),
    );
    expect(asked.length).toBeGreaterThan(0);
    for (const [name, range] of asked) {
      const version =
        range === "catalog:" ? workspace.catalog[name] : range.replace(/^npm:intercom-client@/, "");
      expect(version, `${name} is an exact version`).toMatch(/^\d+\.\d+\.\d+$/);
      expect(version).not.toBe("7.0.4");
    }
  });
});

/** What pnpm resolves a dependency to, in an empty project with our overrides. */
function resolve(name: string, range: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "resolve-"));
  try {
    const manifest = { name: "asks", private: true, dependencies: { [name]: range } };
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
    const settings = { packages: [], overrides: workspace.overrides, pmOnFail: "ignore" };
    writeFileSync(join(folder, "pnpm-workspace.yaml"), JSON.stringify(settings));
    run(process.execPath, [`${root}packages/toolchain/src/pnpm.mjs`, "install", "--lockfile-only"], folder);
    const resolved = parse(readFileSync(join(folder, "pnpm-lock.yaml"), "utf8")) as LockFile;
    return Object.keys(resolved.packages).filter((each) => each.startsWith(`${name}@`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it.each(["7.0.4", "~7.0.4", "^7.0.0"])("asking for intercom-client %s does not bring 7.0.4", (range) => {
  expect(resolve("intercom-client", range)).toEqual(["intercom-client@7.0.3"]);
});
