export { readBlock, replaceBlock, withoutMarkers } from "./blocks.ts";
export type { Alignment } from "./table.ts";
export { markdownTable } from "./table.ts";
