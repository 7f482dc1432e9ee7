import { describe, expect, it } from "vitest";
import { loadStandIn, standIn } from "../../packages/register/src/imports/stand-in.ts";
import { hasSoundSyncHooks } from "../../packages/register/src/imports/watch-imports.ts";

const AXIOS = { url: "file:///app/node_modules/axios/index.js", format: "module" };
const IMPORT = { conditions: ["node", "import"] };

describe("an import of axios", () => {
  it("resolves to a module that stands in for it, under its own path", () => {
    const { url, format } = standIn("axios", IMPORT, AXIOS);
    expect(new URL(url).pathname).toBe("/app/node_modules/axios/index.js");
    expect(url).not.toBe(AXIOS.url);
    expect(format).toBe("module");
  });

  it("gets all that axios exports, and tells of it", () => {
    const source = loadStandIn(standIn("axios", IMPORT, { ...AXIOS, format: "commonjs" }).url)?.source;
    expect(source).toContain(`export * from "${AXIOS.url}"`);
    expect(source).toContain("export { axios as default }");
    expect(source).toContain(".tell(axios)");
  });

  it("is told of when other hooks have added to its address", () => {
    const { url } = standIn("axios", IMPORT, { ...AXIOS, url: `${AXIOS.url}?a=1` });
    const source = loadStandIn(`${url}&b=2`)?.source;
    expect(source).toContain(`export * from "${AXIOS.url}?a=1&b=2"`);
  });

  it("is left alone once it stands in", () => {
    const once = standIn("axios", IMPORT, AXIOS);
    expect(standIn("axios", IMPORT, once)).toBe(once);
  });

  it.each([
    ["of another package", "axios-retry", IMPORT, AXIOS],
    ["of the file itself", AXIOS.url, IMPORT, AXIOS],
    ["that is a require, by an array", "axios", { conditions: ["node", "require"] }, AXIOS],
    ["that is a require, by a set", "axios", { conditions: new Set(["require"]) }, AXIOS],
    ["that is no file", "axios", IMPORT, { ...AXIOS, url: "data:text/javascript,1" }],
    ["that is no module", "axios", IMPORT, { ...AXIOS, format: "json" }],
  ])("%s is left alone", (_, specifier, context, resolved) => {
    expect(standIn(specifier, context, resolved)).toBe(resolved);
  });

  it("of another module loads as ever", () => {
    expect(loadStandIn(AXIOS.url)).toBeUndefined();
    expect(loadStandIn("node:fs")).toBeUndefined();
  });
});

it.each([
  ["20.20.2", false],
  ["22.15.0", false],
  ["22.22.2", false],
  ["22.22.3", true],
  ["22.23.0", true],
  ["23.11.0", false],
  ["24.11.0", false],
  ["24.11.1", true],
  ["25.0.0", false],
  ["25.1.0", true],
  ["26.0.0", true],
  ["27.0.0-nightly", true],
])("the synchronous hooks of Node %s can be used: %s", (version, isSound) => {
  expect(hasSoundSyncHooks(version)).toBe(isSound);
});
