/** Writes `docs/common-errors.md` from the catalog and from `common-errors/rows.ts`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { renderCommonErrors } from "./common-errors/render.ts";

const folder = new URL("../docs/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("common-errors.md", folder), renderCommonErrors());
