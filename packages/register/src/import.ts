/**
 * What `--import` loads. It watches how Node reads modules before the package itself is read: that shows whether they
 * are seen.
 */
import { endUnkeptReads, watchReads } from "./imports/reads.ts";

watchReads(import.meta.url);
await import("./index.ts");
endUnkeptReads();
