import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import promises from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, it, onTestFinished } from "vitest";
import { endUnkeptReads, keepReads, watchReads } from "../../packages/register/src/imports/reads.ts";

const { readFile } = promises;
const MODULE = "export default 1;\n";

afterEach(() => {
  promises.readFile = readFile;
});

function createFiles(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "reads-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return (name: string): URL => pathToFileURL(join(folder, name));
}

const FILES = {
  "ours/index.js": MODULE,
  "axios/package.json": '{ "name": "axios", "type": "module" }',
  "axios/index.js": MODULE,
  "axios/lib/index.js": MODULE,
  "older/axios/package.json": '{ "name": "axios" }',
  "older/axios/index.js": MODULE,
  "app/axios/package.json": '{ "name": "app", "type": "module" }',
  "app/axios/index.js": MODULE,
  "bare/axios/index.js": MODULE,
};

const readText = async (url: URL): Promise<string> => String(await promises.readFile(url));

it("tells of axios in the last lines of the module that it begins with", async () => {
  const urlOf = createFiles(FILES);
  watchReads(urlOf("ours/import.js").href);
  const url = urlOf("axios/index.js");
  expect(await readText(url)).toBe(`${MODULE}
import intercomTelemetryAxios from ${JSON.stringify(url.href)};
globalThis[Symbol.for("@intercom-telemetry/register.axios-copies.v1")]?.tell(intercomTelemetryAxios);
`);
});

it.each(["axios/lib/index.js", "older/axios/index.js", "app/axios/index.js", "bare/axios/index.js"])(
  "leaves %s as it is",
  async (name) => {
    const urlOf = createFiles(FILES);
    watchReads(urlOf("ours/import.js").href);
    expect(await readText(urlOf(name))).toBe(MODULE);
  },
);

it("leaves reads of the program as they are", async () => {
  const urlOf = createFiles(FILES);
  watchReads(urlOf("ours/import.js").href);
  const url = urlOf("axios/index.js");
  expect(await promises.readFile(url, "utf8")).toBe(MODULE);
  expect(await promises.readFile(url, { encoding: "utf8" })).toBe(MODULE);
  expect(String(await promises.readFile(url.pathname))).toBe(MODULE);
  await expect(promises.readFile(urlOf("missing/axios/index.js"))).rejects.toThrow("ENOENT");
  await expect(promises.readFile(new URL("file:///a%2Fb/axios/index.js"))).rejects.toThrow(TypeError);
});

it("continues when the next module of its folder is seen", async () => {
  const urlOf = createFiles(FILES);
  watchReads(urlOf("ours/import.js").href);
  await promises.readFile(urlOf("ours/index.js"));
  expect(keepReads()).toBe(true);
  endUnkeptReads();
  expect(promises.readFile).not.toBe(readFile);
});

it("ends where the next module of its folder is not seen, as with hooks of others in a thread", async () => {
  const urlOf = createFiles(FILES);
  watchReads(urlOf("ours/import.js").href);
  await promises.readFile(urlOf("axios/index.js"));
  expect(keepReads()).toBe(false);
  endUnkeptReads();
  expect(promises.readFile).toBe(readFile);
});
