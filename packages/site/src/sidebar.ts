import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { API_PAGES } from "./api-pages.ts";

const site = fileURLToPath(new URL("../", import.meta.url));

/** Every page by hand, in the order in which it is read. A page that is not here does not exist: a test holds that. */
export const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  "Getting started": [
    "index",
    "start/without-an-account",
    "start/axios",
    "start/sdk-7",
    "start/sdk-6",
    "start/fetch",
    "start/nestjs",
    "start/nextjs",
    "start/lambda",
    "start/what-you-get",
    "start/dashboards",
  ],
  Guides: [
    "guides/tokens-and-tenants",
    "guides/own-recorder",
    "guides/retries",
    "guides/errors",
    "guides/testing",
    "guides/short-jobs",
    "guides/zero-code",
    "guides/otlp",
    "guides/kubernetes",
    "guides/bundlers",
    "guides/beside-other-tools",
    "guides/from-hand-written-metrics",
    "guides/tuning-alerts",
    "guides/probe",
    "guides/scale",
  ],
  Troubleshooting: ["troubleshooting"],
  Reference: [
    "reference/options",
    "reference/metrics",
    "reference/attributes",
    "reference/alerts",
    "reference/thresholds",
    "reference/errors",
    "reference/commands",
    "reference/compatibility",
    "reference/stability",
  ],
};

/** What a page calls itself. */
export function titleOf(page: string): string {
  const heading = /^# (.*)$/m.exec(readFileSync(`${site}${page}.md`, "utf8"))?.[1];
  if (heading === undefined) throw new Error(`${page}.md: expected a heading`);
  return heading.replaceAll("`", "");
}

/** The pages of a folder that others write, its index first. */
function pagesOf(folder: string): readonly string[] {
  if (!existsSync(`${site}${folder}`)) return [];
  const names = readdirSync(`${site}${folder}`).filter((name) => name.endsWith(".md"));
  const pages = names.map((name) => name.slice(0, -3)).sort();
  return [...pages.filter((name) => name === "index"), ...pages.filter((name) => name !== "index")].map(
    (name) => `${folder}/${name}`,
  );
}

const toLink = (page: string): string => `/${page.replace(/(^|\/)index$/, "$1")}`;

const toItem = (page: string): { text: string; link: string } => ({
  text: titleOf(page),
  link: toLink(page),
});

/** All sections, those that are written elsewhere among them. */
export function buildSidebar(): {
  text: string;
  collapsed?: boolean;
  items: { text: string; link: string }[];
}[] {
  const api = Object.keys(API_PAGES).map((name) => ({ text: name, link: `/reference/api/${name}` }));
  const decisions = pagesOf("decisions").map(toItem);
  return [
    ...Object.entries(SECTIONS).map(([text, pages]) => ({ text, items: pages.map(toItem) })),
    { text: "API", collapsed: true, items: api },
    ...(decisions.length > 0 ? [{ text: "Decisions", collapsed: true, items: decisions }] : []),
  ];
}
