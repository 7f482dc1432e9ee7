import { defineConfig } from "vitepress";
import { addRules } from "../src/markdown-rules.ts";
import { buildSidebar } from "../src/sidebar.ts";
import { slugify } from "../src/slugify.ts";

export default defineConfig({
  title: "intercom-telemetry",
  description: "See exactly what your code does to Intercom's API, at almost no cost.",
  lang: "en-US",
  base: (process.env.SITE_BASE as `/${string}/` | undefined) ?? "/",
  cleanUrls: true,
  // Pictures come in pairs by the system's appearance, as in the repository: so does the page.
  appearance: "force-auto",
  lastUpdated: false,
  outDir: "dist",
  srcExclude: ["src/**", "scripts/**", "dist/**"],
  head: [["link", { rel: "icon", href: "/icon.svg", type: "image/svg+xml" }]],
  transformPageData({ relativePath, frontmatter }) {
    if (relativePath.startsWith("reference/"))
      Object.assign(frontmatter, { aside: false, pageClass: "wide" });
    // Written from the code: there is nothing to edit.
    if (relativePath.startsWith("reference/api/"))
      Object.assign(frontmatter, { editLink: false, pageClass: "wide api" });
    if (relativePath === "reference/api/index.md") Object.assign(frontmatter, { prev: false, next: false });
  },
  markdown: {
    // Close enough to color, with no other grammar to load.
    languageAlias: { promql: "sql" },
    // Paths such as /contacts/{id} are not attributes.
    attrs: { disable: true },
    anchor: { slugify },
    toc: { slugify },
    headers: { slugify },
    config: addRules,
  },
  themeConfig: {
    logo: "/icon.svg",
    outline: { level: [2, 3] },
    search: { provider: "local" },
    nav: [
      { text: "Getting started", link: "/" },
      { text: "Guides", link: "/guides/tokens-and-tenants" },
      { text: "Reference", link: "/reference/options" },
      { text: "Troubleshooting", link: "/troubleshooting" },
    ],
    sidebar: buildSidebar(),
    socialLinks: [{ icon: "github", link: "https://github.com/intercom-telemetry/intercom-telemetry" }],
    editLink: {
      pattern: "https://github.com/intercom-telemetry/intercom-telemetry/edit/main/packages/site/:path",
    },
    footer: { message: "Apache-2.0. Not affiliated with Intercom." },
  },
});
