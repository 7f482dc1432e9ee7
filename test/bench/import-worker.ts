/**
 * `import-worker.ts <package>`: prints how long it takes to load, in milliseconds, where axios and its like are loaded.
 * With `require`, which is the one way that all of the compared packages know.
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
for (const name of ["axios", "prom-client", "@opentelemetry/api"]) require(name);
const started = performance.now();
require(process.argv[2] ?? "");
process.stdout.write(JSON.stringify({ milliseconds: performance.now() - started }), () => process.exit(0));
