// Builds and packs every published package, with a bill of materials (CycloneDX) in each, and hashes them: pack.mjs <folder>
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { root, runPnpm } from "./pnpm.mjs";

const SBOM_FORMAT = ["--sbom-format", "cyclonedx", "--sbom-spec-version", "1.6", "--prod", "--split"];

/** Every component that the root needs, by its reference. */
function findNeeded(bom, isBrought) {
  const needs = new Map(bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const { "bom-ref": own } = bom.metadata.component;
  needs.set(own, needs.get(own).filter(isBrought));
  const needed = new Set();
  const visit = (ref) => {
    if (needed.has(ref)) return;
    needed.add(ref);
    for (const each of needs.get(ref) ?? []) visit(each);
  };
  visit(own);
  return { needs, needed };
}

const byReference = (left, right) => (left < right ? -1 : 1);

/** The same for the same commit, and without peer dependencies, which are the user's. */
function settleBom(text, { dependencies = {} }) {
  const bom = JSON.parse(text);
  const names = new Set(Object.keys(dependencies));
  const nameOf = ({ group, name }) => (group ? `${group}/${name}` : name);
  const brought = bom.components.filter((each) => names.has(nameOf(each))).map((each) => each["bom-ref"]);
  const { needs, needed } = findNeeded(bom, (ref) => brought.includes(ref));
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
const chosen = published.flatMap(({ manifest }) => ["--filter", manifest.name]);

execFileSync(process.execPath, [`${root}packages/toolchain/src/build.mjs`], { stdio: "inherit" });
runPnpm([...chosen, "sbom", ...SBOM_FORMAT, "--out", `${folder}/%s.cdx.json`]);
for (const { name, manifest } of published) {
  const file = `${folder}/intercom-telemetry-${name}.cdx.json`;
  writeFileSync(
    `${root}packages/${name}/dist/sbom.cdx.json`,
    settleBom(readFileSync(file, "utf8"), manifest),
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
