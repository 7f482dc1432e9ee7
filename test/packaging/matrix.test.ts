import { readFileSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BUNDLERS } from "../bundled/bundlers.ts";
import {
  createRows,
  isPossible,
  NODE_VERSIONS,
  OPEN_TELEMETRY,
  type Row,
  TYPESCRIPT_VERSIONS,
} from "../matrix/rows.ts";
import { FETCH_RUNTIMES, runFetch } from "../matrix/run-fetch.ts";
import { runRows } from "../matrix/run-rows.ts";
import { runTypes } from "../matrix/run-types.ts";
import { packAll } from "./packed.ts";

const rows = createRows();
const PARTS = ["axios", "axiosRetry", "promClient", "openTelemetry", "node", "module"] as const;

const valuesOf = (part: keyof Row): string[] => [...new Set(rows.map((row) => row[part]))];
const isExcluded = (one: string, other: string): boolean =>
  OPEN_TELEMETRY.some((openTelemetry) =>
    NODE_VERSIONS.some(
      (node) =>
        !isPossible({ node, openTelemetry }) &&
        [one, other].includes(node) &&
        [one, other].includes(openTelemetry),
    ),
  );

describe("the compatibility matrix", () => {
  it("lets every two versions of two parts meet, but for those that exclude each other", () => {
    const missing = PARTS.flatMap((first, index) =>
      PARTS.slice(index + 1).flatMap((second) =>
        valuesOf(first).flatMap((one) =>
          valuesOf(second)
            .filter((other) => !rows.some((row) => row[first] === one && row[second] === other))
            .filter((other) => !isExcluded(one, other))
            .map((other) => `${first} ${one} with ${second} ${other}`),
        ),
      ),
    );
    expect(missing).toEqual([]);
  });

  it("is on its page as it is here, and nothing on it fails", () => {
    const page = readFileSync(new URL("../../packages/axios/docs/compatibility.md", import.meta.url), "utf8");
    const written = page.split("\n").filter((line) => line.startsWith("| "));
    for (const { axios, axiosRetry, promClient, openTelemetry } of rows) {
      const start = `| ${[axios, axiosRetry, promClient, openTelemetry].join(" | ")} |`;
      expect(
        written.filter((line) => line.startsWith(start)),
        start,
      ).toHaveLength(1);
    }
    for (const version of TYPESCRIPT_VERSIONS) {
      expect(
        written.filter((line) => line.startsWith(`| ${version} |`)),
        version,
      ).toHaveLength(1);
    }
    for (const { name } of BUNDLERS) {
      expect(
        written.filter((line) => line.startsWith(`| ${name} |`)),
        name,
      ).toHaveLength(1);
    }
    expect(page).not.toMatch(/fails|not run/);
  });

  it("holds at its corners on the Node that runs this, oldest and newest of everything", () => {
    const { folder, tarballs } = packAll();
    try {
      const node = process.versions.node;
      const shared = { openTelemetry: "API 1.9, SDK 2", node } as const;
      const results = runRows(tarballs, [
        { ...shared, axios: "0.24.0", axiosRetry: "3.9.1", promClient: "14.0.0", module: "cjs" },
        { ...shared, axios: "1.21.1", axiosRetry: "4.5.0", promClient: "15.1.3", module: "esm" },
      ]);
      const types = runTypes(tarballs, { axios: "1.21.1", modules: ["esm", "cjs"] }, ["5.4.5"]);
      expect([...results, ...types].flatMap(({ problem }) => problem ?? [])).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("of the fetch package is on its page as it is here, and nothing on it fails", () => {
    const page = readFileSync(new URL("../../packages/fetch/docs/compatibility.md", import.meta.url), "utf8");
    const written = page.split("\n").filter((line) => line.endsWith("| as it should |"));
    expect(written).toEqual(
      FETCH_RUNTIMES.map(({ name, version }) => `| ${name} ${version} | as it should |`),
    );
  });

  it("of the fetch package holds today on this Node, Bun and Deno", async () => {
    const { folder, tarballs } = packAll();
    try {
      const others = FETCH_RUNTIMES.filter(({ name }) => name !== "Node");
      const results = await runFetch(tarballs, [{ name: "Node", version: process.versions.node }, ...others]);
      expect(results.filter(({ problem }) => problem !== undefined)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
