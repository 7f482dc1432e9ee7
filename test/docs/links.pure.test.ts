import { existsSync, statSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { slugify } from "../../packages/site/src/slugify.ts";
import { type Page, ROOT, readPages, type Token } from "./pages.ts";

const pages = new Map(readPages().map((page) => [page.file, page]));

/** TypeDoc writes these when the site is built. */
const WRITTEN_BY_BUILD = /^packages\/site\/reference\/api\//;

/** Every address that a page links to or shows, those in HTML among them. */
function addressesOf(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap((token) => {
    if (token.type === "inline") return addressesOf(token.children ?? []);
    if (token.type === "link_open") return [token.attrGet("href") ?? ""];
    if (token.type === "image") return [token.attrGet("src") ?? ""];
    if (!token.type.startsWith("html")) return [];
    return [...token.content.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g)].map(([, address = ""]) => address);
  });
}

const textOf = (token: Token | undefined): string =>
  (token?.children ?? [])
    .map(({ type, content }) => (/^(text|code_inline)$/.test(type) ? content : ""))
    .join("");

/** The anchors of a page: those of its headings, numbered where they repeat. */
function anchorsOf({ tokens }: Page): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = tokens.flatMap((token, index) => {
    if (token.type !== "heading_open") return [];
    const anchor = slugify(textOf(tokens[index + 1]));
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return [count === 0 ? anchor : `${anchor}-${count}`];
  });
  return new Set(anchors);
}

/** Says what is wrong with a link, if anything. */
function check(page: Page, address: string): string | undefined {
  if (/^(https?:|mailto:)/.test(address)) return undefined;
  const [path = "", anchor] = decodeURI(address).split("#");
  const file = path === "" ? page.file : posix.normalize(posix.join(posix.dirname(page.file), path));
  const problem = (what: string) => `${page.file}: ${address}: ${what}`;
  if (WRITTEN_BY_BUILD.test(file)) return undefined;
  if (!existsSync(`${ROOT}${file}`)) return problem("no such file");
  if (anchor === undefined) return undefined;
  const target = statSync(`${ROOT}${file}`).isDirectory() ? posix.join(file, "README.md") : file;
  const found = pages.get(target);
  if (!found) return problem("an anchor in a file that is no page");
  return anchorsOf(found).has(anchor) ? undefined : problem("no such heading");
}

describe("the docs", () => {
  it("link to files and headings that exist", () => {
    const problems = [...pages.values()].flatMap((page) =>
      addressesOf(page.tokens).flatMap((address) => check(page, address) ?? []),
    );
    expect(problems).toEqual([]);
  });

  it("have no page of the site that no link of its menu leads to", async () => {
    const { buildSidebar } = await import("../../packages/site/src/sidebar.ts");
    const links = buildSidebar().flatMap(({ items }) => items.map(({ link }) => link));
    const inMenu = new Set(links.map((link) => `packages/site${link.replace(/\/$/, "/index")}.md`));
    const written = [...pages.keys()].filter((file) => file.startsWith("packages/site/"));
    expect(written.filter((file) => !inMenu.has(file))).toEqual([]);
    expect([...inMenu].filter((file) => !pages.has(file) && !WRITTEN_BY_BUILD.test(file))).toEqual([]);
  });
});

describe("a link of a page to a file of the repository", () => {
  it("leads to GitHub on the site, and one to another page stays", async () => {
    const { repositoryLink } = await import("../../packages/site/src/repository-link.ts");
    expect(repositoryLink("../../../examples/nestjs/README.md", "start/nestjs.md")).toBe(
      "https://github.com/intercom-telemetry/intercom-telemetry/blob/main/examples/nestjs/README.md",
    );
    expect(repositoryLink("../guides/retries.md#throttle", "start/axios.md")).toBeUndefined();
    expect(repositoryLink("https://example.com", "index.md")).toBeUndefined();
    expect(repositoryLink("#labels", "reference/metrics.md")).toBeUndefined();
  });
});
