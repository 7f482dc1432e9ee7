// Refuses to release under a tag that is not the version of every published package: check-tag.mjs v1.2.3
import { readdirSync, readFileSync } from "node:fs";
import { root } from "./install.mjs";

const tag = process.argv[2] ?? "";
const manifests = readdirSync(`${root}packages`).map((name) =>
  JSON.parse(readFileSync(`${root}packages/${name}/package.json`, "utf8")),
);
const others = manifests.filter(({ private: unpublished, version }) => !unpublished && `v${version}` !== tag);
if (others.length > 0) {
  const found = others.map(({ name, version }) => `${name} ${version}`).join(", ");
  throw new Error(
    `expected every package to have the version of the tag ${JSON.stringify(tag)}, found ${found}`,
  );
}
