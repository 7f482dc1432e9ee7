import type { Before, Through, ZeroCodeRow } from "./rows.ts";

interface Part {
  readonly load: { readonly esm: string; readonly cjs: string };
  readonly call: string;
  /** What the ledger has of it. */
  readonly requests: readonly string[];
}

const sdk = (version: number, list: string, request: string): Part => ({
  load: {
    esm: `import { IntercomClient as Client${version} } from "intercom-client-${version}";`,
    cjs: `const { IntercomClient: Client${version} } = require("intercom-client-${version}");`,
  },
  call: `await new Client${version}({ token, baseUrl }).${list}.list();`,
  requests: [request],
});

const PARTS: Readonly<Record<Through, Part>> = {
  axios: {
    load: { esm: 'import axios from "axios";', cjs: 'const axios = require("axios");' },
    call: `await axios.create({ baseURL: baseUrl, headers }).get("/me");
  await axios.get(baseUrl + "/me", { headers });`,
    requests: ["GET /me", "GET /me"],
  },
  "SDK 5": {
    load: {
      esm: 'import intercom from "intercom-client-5";',
      cjs: 'const intercom = require("intercom-client-5");',
    },
    call: `const sdk5 = new intercom.Client({ tokenAuth: { token } });
  sdk5.useRequestOpts({ baseURL: baseUrl });
  await sdk5.admins.list();`,
    requests: ["GET /admins"],
  },
  "SDK 6": sdk(6, "tags", "GET /tags"),
  "SDK 7": sdk(7, "teams", "GET /teams"),
  fetch: {
    load: { esm: "", cjs: "" },
    call: 'await (await fetch(baseUrl + "/segments", { headers })).json();',
    requests: ["GET /segments"],
  },
};

/** A program that knows nothing of us. */
export function createZeroCodeProgram({ through, module }: Pick<ZeroCodeRow, "through" | "module">): {
  file: string;
  text: string;
} {
  const parts = through.map((each) => PARTS[each]);
  const text = `${parts.map(({ load }) => load[module]).join("\n")}
const baseUrl = process.env.BASE_URL;
const token = "demo-token";
const headers = { Authorization: "Bearer " + token };
async function main() {
  ${parts.map(({ call }) => call).join("\n  ")}
}
main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
`;
  return { file: module === "cjs" ? "program.cjs" : "program.mjs", text };
}

/** What the ledger has to say after a row. */
export const requestsOf = ({ through }: Pick<ZeroCodeRow, "through">): string[] =>
  through.flatMap((each) => PARTS[each].requests).sort();

const MODULES: Readonly<Record<string, string>> = {
  register: "@intercom-telemetry/register",
  auto: "@opentelemetry/auto-instrumentations-node/register",
};

/** How Node loads what comes before the program, in the way of its module system. */
export function argsBefore(before: Before | "auto", module: ZeroCodeRow["module"]): string[] {
  const flag = module === "cjs" ? "--require" : "--import";
  return before.split(", ").flatMap((name) => [flag, MODULES[name] ?? name]);
}
