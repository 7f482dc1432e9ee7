import { readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { renderFiles } from "@intercom-telemetry/dashboards";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as example from "./kubernetes-manifests.ts";
import { schemaErrors } from "./kubernetes-schemas.ts";

const { CONTAINER, DEPLOYMENT, FOLDER, KUSTOMIZATION, readResource, readResources, readText, selects } =
  example;
const POD = DEPLOYMENT.spec.template;
const SHIPPED = resolve(FOLDER, "../../packages/dashboards/generated");

type Selector = { readonly matchLabels: Readonly<Record<string, string>> };
interface Monitor extends example.Resource {
  readonly spec: {
    readonly selector: Selector;
    readonly endpoints: readonly { readonly port: string; readonly interval: string }[];
  };
}
interface Service extends example.Resource {
  readonly spec: {
    readonly selector: Readonly<Record<string, string>>;
    readonly ports: readonly { readonly name: string; readonly targetPort: string }[];
  };
}
interface NetworkPolicy extends example.Resource {
  readonly spec: {
    readonly podSelector: Selector;
    readonly ingress: readonly { readonly ports: readonly { readonly port: string | number }[] }[];
    readonly egress: readonly { readonly ports: readonly { readonly port: string | number }[] }[];
  };
}

const service = readResource<Service>("serve-service.yaml");
const serveMonitor = readResource<Monitor>("serve-service-monitor.yaml");
const clientsMonitor = readResource<Monitor>("clients-service-monitor.yaml");

describe("the Kubernetes manifests", () => {
  it.each([...KUSTOMIZATION.resources, "pod-monitor.yaml", "secret.example.yaml"])(
    "%s fits the schemas of its kinds",
    (name) => {
      const resources = readResources(name);
      expect(resources.length).toBeGreaterThan(0);
      expect(resources.flatMap(schemaErrors)).toEqual([]);
    },
  );

  it("would not fit with a field that Kubernetes does not know, or one of another kind", () => {
    const withSpec = (changes: object) => {
      const spec = { ...DEPLOYMENT.spec, ...changes };
      return schemaErrors(Object.assign({}, DEPLOYMENT, { spec }));
    };
    expect(withSpec({ replicaz: 1 })).toEqual(["/spec/replicaz: unknown"]);
    expect(withSpec({ replicas: "one" })).toEqual(["data/spec/replicas must be integer"]);
    expect(schemaErrors({ ...service, apiVersion: "v2" })).toEqual(["v2 Service: no schema"]);
  });

  it("are all part of the kustomization, with every shipped file in place", () => {
    const own = readdirSync(FOLDER).filter((name) => /^(serve|clients)-.*\.yaml$/.test(name));
    const shipped = renderFiles({}, ["kubernetes"]).map(({ path, content }) => {
      expect(readFileSync(`${SHIPPED}/${path}`, "utf8")).toBe(content);
      return `../../packages/dashboards/generated/${path}`;
    });
    expect([...KUSTOMIZATION.resources].sort()).toEqual([...shipped, ...own].sort());
  });

  it("select each other", () => {
    expect(selects(DEPLOYMENT.spec.selector.matchLabels, POD.metadata.labels)).toBe(true);
    expect(selects(service.spec.selector, POD.metadata.labels)).toBe(true);
    expect(selects(serveMonitor.spec.selector.matchLabels, service.metadata.labels)).toBe(true);
    // Else it would be scraped twice.
    expect(selects(clientsMonitor.spec.selector.matchLabels, service.metadata.labels)).toBe(false);
    const policy = readResource<NetworkPolicy>("serve-network-policy.yaml");
    expect(selects(policy.spec.podSelector.matchLabels, POD.metadata.labels)).toBe(true);
  });

  it("name ports that exist", () => {
    const names = CONTAINER.ports.map(({ name }) => name);
    expect(service.spec.ports.map(({ targetPort }) => targetPort)).toEqual(names);
    expect(serveMonitor.spec.endpoints.map(({ port }) => port)).toEqual(
      service.spec.ports.map(({ name }) => name),
    );
    for (const { httpGet } of [CONTAINER.livenessProbe, CONTAINER.readinessProbe])
      expect(names).toContain(httpGet.port);
    const { spec } = readResource<NetworkPolicy>("serve-network-policy.yaml");
    expect(spec.ingress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual(names);
    expect(spec.egress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual([53, 53, 443]);
    const { serve } = parse(readText("intercom-telemetry.yaml")) as {
      readonly serve: { readonly metrics: { readonly port: number } };
    };
    const { metrics } = serve;
    expect(CONTAINER.ports.map(({ containerPort }) => containerPort)).toEqual([metrics.port]);
  });

  it("scrape at the interval that the dashboards are made for", () => {
    const source = readFileSync(`${SHIPPED}/grafana/provisioning/datasources/intercom-client.yaml`, "utf8");
    const [{ jsonData }] = parse(source).datasources;
    const intervals = [serveMonitor, clientsMonitor].map(({ spec }) => spec.endpoints[0]?.interval);
    expect(intervals).toEqual([jsonData.timeInterval, jsonData.timeInterval]);
  });

  it("mount the generated configuration, and the tokens that the configuration names", () => {
    const secret = readResource("secret.example.yaml");
    const { volumes } = POD.spec;
    expect(CONTAINER.volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
    expect(volumes[0]?.configMap?.name).toBe(KUSTOMIZATION.configMapGenerator[0]?.name);
    expect(volumes[1]?.secret).toEqual({ secretName: secret.metadata.name, defaultMode: 0o440 });
    expect(secret.metadata.namespace).toBe(KUSTOMIZATION.namespace);
    const [config, tokens] = CONTAINER.volumeMounts.map(({ mountPath }) => mountPath);
    const [file] = KUSTOMIZATION.configMapGenerator[0]?.files ?? [];
    expect(CONTAINER.args).toContain(`${config}/${file}`);
    const { serve } = parse(readText("intercom-telemetry.yaml")) as {
      readonly serve: { readonly clients: { readonly tokenFile: string }[] };
    };
    for (const { tokenFile } of serve.clients) {
      expect(dirname(tokenFile)).toBe(tokens);
      expect(Object.keys(secret.stringData ?? {})).toContain(tokenFile.slice(`${tokens}/`.length));
    }
  });

  it("give the process nothing that it does not need", () => {
    expect(POD.spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
    expect(POD.spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(CONTAINER.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(CONTAINER.volumeMounts.every(({ readOnly }) => readOnly)).toBe(true);
    expect(CONTAINER.env).toBeUndefined();
  });

  it("run the image of the Dockerfile, which has the command of this repository on a pinned Node", () => {
    const dockerfile = readText("Dockerfile");
    const { version } = JSON.parse(readText("../../packages/cli/package.json"));
    expect(dockerfile).toContain(` @intercom-telemetry/cli@${version} `);
    expect(dockerfile).toContain(`-t ${CONTAINER.image} `);
    expect(CONTAINER.image).toMatch(new RegExp(`:${version}$`));
    expect(dockerfile).toMatch(/^FROM node:\d+\.\d+\.\d+-bookworm-slim$/m);
    expect(dockerfile).toContain("USER 1000:1000");
  });
});
