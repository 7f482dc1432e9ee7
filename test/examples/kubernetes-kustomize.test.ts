import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import {
  type Deployment,
  FOLDER,
  KUSTOMIZATION,
  type Resource,
  readResources,
} from "./kubernetes-manifests.ts";
import { schemaErrors } from "./kubernetes-schemas.ts";

const hasKubectl = spawnSync("kubectl", ["version", "--client"], { stdio: "ignore" }).status === 0;

describe.skipIf(!hasKubectl)("kubectl kustomize (where kubectl is installed)", () => {
  it("puts everything into one namespace with the operator's label, and the Deployment on the generated name", () => {
    const args = ["kustomize", "--load-restrictor", "LoadRestrictionsNone", FOLDER];
    const { stdout, stderr, status } = spawnSync("kubectl", args, { encoding: "utf8" });
    expect(status, stderr).toBe(0);
    const built = parseAllDocuments(stdout).map((document) => document.toJS() as Resource);
    expect(built.flatMap(schemaErrors)).toEqual([]);
    expect(built).toHaveLength(KUSTOMIZATION.resources.flatMap(readResources).length + 1);
    for (const { metadata } of built) {
      expect(metadata.namespace).toBe(KUSTOMIZATION.namespace);
      expect(metadata.labels).toMatchObject(KUSTOMIZATION.labels[0]?.pairs ?? {});
    }
    const deployment = built.find(({ kind }) => kind === "Deployment") as Deployment;
    const { name = "" } = deployment.spec.template.spec.volumes[0]?.configMap ?? {};
    expect(built.map(({ metadata }) => metadata.name)).toContain(name);
    expect(name).toMatch(/^intercom-telemetry-serve-\w{10}$/);
  });
});
