import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderFiles } from "../src/targets/render-files.ts";
import { writeFiles } from "../src/write/write-files.ts";
import { GENERATED_TARGETS, generatedSources, PACKAGE_FOLDER } from "./generated-sources.ts";

for (const { path, content } of generatedSources()) writeFileSync(join(PACKAGE_FOLDER, path), content);
const { written, unchanged } = writeFiles(
  join(PACKAGE_FOLDER, "generated"),
  renderFiles({}, GENERATED_TARGETS),
  true,
);
process.stdout.write(`generated/: ${written.length} written, ${unchanged.length} already up to date\n`);
