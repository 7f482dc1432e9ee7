import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { run } from "../packaging/packed.ts";
import { printedBy } from "./bundler.ts";
import { BUNDLERS } from "./bundlers.ts";
import { compareCounts } from "./compare-counts.ts";
import { createServiceProject, SERVICE, type ServiceProject } from "./project.ts";
import { runBundler } from "./run-bundler.ts";

const EXPECTED = ["GET 200", "GET 404"];

let project: ServiceProject;

beforeAll(() => {
  project = createServiceProject();
});

afterAll(() => project?.remove());

it.each(BUNDLERS.filter(({ quick }) => quick))(
  "a service bundled with $name and deployed without node_modules counts each of its requests",
  async (bundler) => {
    const { counted, ledger } = await runBundler(bundler, project.folder);
    expect(ledger).toEqual(EXPECTED);
    expect(counted).toEqual(ledger);
  },
);

it("a workspace's service counts into the registry that it gives, also when a sibling's prom-client is the one beside us", async () => {
  const service = join(project.folder, "workspace");
  mkdirSync(service);
  cpSync(SERVICE, service, { recursive: true });
  run(
    "npm",
    ["install", "--prefix", service, "--no-audit", "--no-fund", "--ignore-scripts", "prom-client@14.2.0"],
    service,
  );
  expect(existsSync(join(service, "node_modules", "@intercom-telemetry"))).toBe(false);
  const { counted, ledger } = await compareCounts(service, printedBy("main.mjs"));
  expect(ledger).toEqual(EXPECTED);
  expect(counted).toEqual(ledger);
});
