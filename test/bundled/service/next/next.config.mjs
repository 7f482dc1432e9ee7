import { fileURLToPath } from "node:url";

// The service and its dependencies are one folder up.
const root = fileURLToPath(new URL("..", import.meta.url));

export default { output: "standalone", outputFileTracingRoot: root, turbopack: { root } };
