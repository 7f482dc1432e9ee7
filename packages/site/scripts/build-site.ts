/**
 * `npm run site`: writes the API's pages and builds the site. `-- --serve` shows it, `-- --dev` while you write, and
 * `-- --look` opens every page in Chromium, wide and narrow, light and dark.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, createServer, serve } from "vitepress";
import { writeApi } from "./write-api.ts";

const site = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    serve: { type: "boolean", default: false },
    look: { type: "boolean", default: false },
    dev: { type: "boolean", default: false },
    port: { type: "string", default: "4173" },
  },
});
const port = Number(values.port);

await writeApi();
if (values.dev) {
  const server = await createServer(site, { host: "127.0.0.1", port });
  await server.listen();
  server.printUrls();
} else {
  await build(site);
  if (values.look) {
    const { lookAtPages } = await import("./look-at-pages.ts");
    const problems = await lookAtPages();
    process.stdout.write(
      problems.map((problem) => `${problem}\n`).join("") || "every page is as it should be\n",
    );
    if (problems.length > 0) process.exitCode = 1;
  }
  if (values.serve) await serve({ root: site, port });
}
