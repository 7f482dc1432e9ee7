// Builds and packs every published package, with a bill of materials (CycloneDX) in each, and hashes them: pack.mjs <folder>
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { root, runPnpm } from "./pnpm.mjs";

const SBOM_FORMAT = ["--sbom-format", "cyclonedx", "--sbom-spec-version", "1.6", "--prod", "--split"];

const nameOf = ({ group, name }) => (group ? `${group}/${name}` : name);

/** What each component needs, by reference. Peer dependencies of ours are the user's, and no part of it. */
function readNeeds(bom, manifests) {
  const everything = [bom.metadata.component, ...bom.components];
  const names = new Map(everything.map((each) => [each["bom-ref"], nameOf(each)]));
  const isBrought = (ref, needed) => {
    const ours = manifests.get(names.get(ref));
    return ours === undefined || names.get(needed) in (ours.dependencies ?? {});
  };
  return new Map(
    bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn.filter((each) => isBrought(ref, each))]),
  );
}

/** Every component that one needs, itself included, by reference. */
function findNeeded(needs, root) {
  const needed = new Set();
  const visit = (ref) => {
    if (needed.has(ref)) return;
    needed.add(ref);
    for (const each of needs.get(ref) ?? []) visit(each);
  };
  visit(root);
  return needed;
}

const byReference = (left, right) => (left < right ? -1 : 1);

/** The same for the same commit, and without what the package does not bring. */
function settleBom(text, manifests) {
  const bom = JSON.parse(text);
  const needs = readNeeds(bom, manifests);
  const needed = findNeeded(needs, bom.metadata.component["bom-ref"]);
  delete bom.serialNumber;
  delete bom.metadata.timestamp;
  bom.components = bom.components
    .filter((each) => needed.has(each["bom-ref"]))
    .sort((left, right) => byReference(left["bom-ref"], right["bom-ref"]));
  bom.dependencies = [...needed]
    .sort(byReference)
    .map((ref) => ({ ref, dependsOn: [...(needs.get(ref) ?? [])].sort(byReference) }));
  return `${JSON.stringify(bom, null, 2)}\n`;
}

const folder = resolve(process.argv[2] ?? "packed");
mkdirSync(folder, { recursive: true });
const published = readdirSync(`${root}packages`)
  .map((name) => ({
    name,
    manifest: JSON.parse(readFileSync(`${root}packages/${name}/package.json`, "utf8")),
  }))
  .filter(({ manifest }) => !manifest.private);
const manifests = new Map(published.map(({ manifest }) => [manifest.name, manifest]));
const chosen = published.flatMap(({ manifest }) => ["--filter", manifest.name]);

execFileSync(process.execPath, [`${root}packages/toolchain/src/build.mjs`], { stdio: "inherit" });
runPnpm([...chosen, "sbom", ...SBOM_FORMAT, "--out", `${folder}/%s.cdx.json`]);
for (const { name } of published) {
  const file = `${folder}/intercom-telemetry-${name}.cdx.json`;
  writeFileSync(
    `${root}packages/${name}/dist/sbom.cdx.json`,
    settleBom(readFileSync(file, "utf8"), manifests),
  );
  rmSync(file);
}
runPnpm([...chosen, "--recursive", "pack", "--pack-destination", folder]);
const sums = readdirSync(folder)
  .filter((file) => file.endsWith(".tgz"))
  .sort()
  .map(
    (file) =>
      `${createHash("sha512")
        .update(readFileSync(`${folder}/${file}`))
        .digest("hex")}  ${file}\n`,
  );
writeFileSync(`${folder}/SHA512SUMS`, sums.join(""));
