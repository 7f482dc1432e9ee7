import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { renderFiles } from "@intercom-telemetry/dashboards";
import { describe, expect, it } from "vitest";
import {
  composeErrors,
  findSource,
  isRightKind,
  MOUNTS,
  readStackFile,
  SERVICES,
  STACK,
} from "./compose-file.ts";

const services = Object.entries(SERVICES);
const shipped = resolve(STACK, "../../packages/dashboards/generated");

describe("the Compose file of the Grafana stack", () => {
  it("fits the schema of the Compose specification", () => {
    expect(composeErrors(readStackFile("compose.yaml"))).toEqual([]);
  });

  it("would not fit with a key that Compose does not know", () => {
    expect(composeErrors({ services: { shop: { image: "shop", imagine: true } } })).toEqual([
      "/services/shop must NOT have additional properties",
    ]);
  });

  it("names every image by an exact version, and builds on such a one", () => {
    const built = services.filter(([, { build }]) => build);
    expect(built.map(([name]) => name)).toEqual(["shop", "probe"]);
    const dockerfiles = built.map(([, { build }]) =>
      resolve(STACK, build?.context ?? "", build?.dockerfile ?? ""),
    );
    const bases = dockerfiles.flatMap((file) => readFileSync(file, "utf8").match(/(?<=^FROM )\S+/gm) ?? []);
    const images = services.flatMap(([, { build, image }]) => (build ? [] : [image ?? "none"]));
    expect(images).toHaveLength(services.length - built.length);
    for (const image of [...images, ...bases])
      expect(image).toMatch(/^[a-z/-]+:v?\d+\.\d+\.\d+(-bookworm-slim)?$/);
  });

  it("publishes ports on loopback only", () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    expect(ports).toHaveLength(4);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
  });

  it.each(services)("runs %s as somebody else than root, without capabilities", (_name, service) => {
    expect(service.user).toMatch(/^(node|[1-9]\d*:\d+)$/);
    expect(service.cap_drop).toEqual(["ALL"]);
    expect(service.security_opt).toEqual(["no-new-privileges:true"]);
  });

  it("mounts only what is there, and read-only", () => {
    expect(MOUNTS.length).toBeGreaterThan(8);
    for (const mount of MOUNTS)
      expect({ ...mount, right: isRightKind(mount) }).toMatchObject({ mode: "ro", right: true });
  });

  it("waits for services that it has, and for health only where there is a check", () => {
    for (const [, { depends_on = {} }] of services) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(SERVICES, name).toHaveProperty([name]);
        if (condition === "service_healthy") expect(SERVICES[name]?.healthcheck, name).toBeDefined();
      }
    }
  });

  it("asks the programs for their health with a script that is in their image", () => {
    for (const name of ["shop", "probe"]) {
      const [, node, script = ""] = SERVICES[name]?.healthcheck?.test ?? [];
      expect(node).toBe("node");
      expect(existsSync(`${STACK}${script}`)).toBe(true);
    }
  });

  it("mounts every shipped file for Grafana, Prometheus and Alertmanager, and has no copy of one", () => {
    const sources = MOUNTS.map(({ source }) => source);
    for (const { path, content } of renderFiles({}, ["grafana", "prometheus", "alertmanager"])) {
      const file = `${shipped}/${path}`;
      expect(
        sources.some((source) => file === source || file.startsWith(`${source}/`)),
        path,
      ).toBe(true);
      expect(readFileSync(file, "utf8")).toBe(content);
    }
  });

  it("lets anybody who reaches Grafana in, and leaves no account with a password", () => {
    const { environment = {} } = SERVICES.grafana ?? {};
    expect(environment).toMatchObject({
      GF_AUTH_ANONYMOUS_ENABLED: "true",
      GF_AUTH_BASIC_ENABLED: "false",
      GF_AUTH_DISABLE_LOGIN_FORM: "true",
      GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: "true",
    });
    const home = environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? "";
    expect(existsSync(findSource("grafana", home) ?? "")).toBe(true);
  });
});
