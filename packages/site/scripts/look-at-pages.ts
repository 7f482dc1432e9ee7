import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findBinary } from "../../../test/dashboards/find-binary.ts";
import { launchBrowser, openPage } from "../../../test/support/browser/launch-browser.ts";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const WIDTHS = [1440, 390] as const;
const APPEARANCES = ["light", "dark"] as const;
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

const pages = readdirSync(dist, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".html") && name !== "404.html")
  .map((name) => `/${name.replace(/(index)?\.html$/, "")}`);

/** The built files, at addresses without `.html`. */
function startServer(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const path = join(dist, extname(file) === "" ? `${file}.html` : file);
    const content = await readFile(path).catch(() => undefined);
    response.writeHead(content ? 200 : 404, { "content-type": TYPES[extname(path)] ?? "text/plain" });
    response.end(content);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/**
 * Opens every page of the built site in Chromium, wide and narrow, light and dark.
 *
 * @returns what is wrong: a page that is wider than its window, an error in the console, a file that is missing, a
 *   request to another host.
 */
export async function lookAtPages(): Promise<readonly string[]> {
  const chromium = findBinary("chromium", "chromium");
  if (chromium === undefined) throw new Error("looking at the site needs Chromium: apt-get install chromium");
  const server = await startServer();
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const browser = await launchBrowser(chromium);
  const problems: string[] = [];
  for (const width of WIDTHS) {
    for (const colorScheme of APPEARANCES) {
      const { page, log } = await openPage(browser, { viewport: { width, height: 900 }, colorScheme });
      for (const path of pages) {
        await page.goto(`${url}${path}`, { waitUntil: "load" });
        const overflow = await page.evaluate(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        if (overflow !== 0) problems.push(`${path} at ${width}: ${overflow} pixels wider than the window`);
      }
      const others = [...log.hosts].filter((host) => !url.endsWith(host));
      const found = [...log.problems, ...others.map((host) => `a request to ${host}`)];
      problems.push(...new Set(found.map((problem) => `${width} ${colorScheme}: ${problem}`)));
      await page.context().close();
    }
  }
  await browser.close();
  server.close();
  return problems;
}
