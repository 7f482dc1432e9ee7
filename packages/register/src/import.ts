/**
 * What `--import` loads. It watches how Node reads modules before the package itself is read: that shows whether they
 * are seen.
 */
import * as nodeModule from "node:module";
import { endUnkeptReads, watchReads } from "./imports/reads.ts";

if (!("registerHooks" in nodeModule)) watchReads(import.meta.url);
await import("./index.ts");
endUnkeptReads();
