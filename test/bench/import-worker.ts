/** `import-worker.ts <package>`: prints how long it takes to load, in milliseconds, where axios and its like are loaded. */
await Promise.all([import("axios"), import("prom-client"), import("@opentelemetry/api")]);
// A name that the bundler cannot see: the package is loaded from its folder, as in a service.
const [, , name = ""] = process.argv;
const started = performance.now();
await import(name);
process.stdout.write(JSON.stringify({ milliseconds: performance.now() - started }), () => process.exit(0));
