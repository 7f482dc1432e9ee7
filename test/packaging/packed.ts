import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The published packages. */
export const PUBLISHED = [
  "core",
  "axios",
  "fetch",
  "exporter",
  "register",
  "simulator",
  "dashboards",
  "cli",
] as const;

/** Runs a command and returns what it printed; a failure carries all output. */
export function run(command: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")} failed\n${stdout ?? ""}${stderr ?? ""}`);
  }
}

/** Packs every published package as it would be published; the folder is the caller's to remove. */
export function packAll(): { folder: string; tarballs: Record<string, string> } {
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  run(process.execPath, ["packages/toolchain/src/pack.mjs", folder], root);
  const files = readdirSync(folder);
  const tarballs = Object.fromEntries(
    PUBLISHED.map((name) => {
      const file = files.find((candidate) => candidate.startsWith(`intercom-telemetry-${name}-`));
      if (!file) throw new Error(`no tarball of ${name} among ${files.join(", ")}`);
      return [name, join(folder, file)];
    }),
  );
  return { folder, tarballs };
}

/** A user's project in an empty folder, with our tarballs and the given packages installed by npm. */
export function createProject(
  tarballs: Record<string, string>,
  dependencies: Record<string, string>,
): { folder: string; write(name: string, content: string): void; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "project-"));
  const ours = Object.fromEntries(
    Object.entries(tarballs).map(([name, file]) => [`@intercom-telemetry/${name}`, `file:${file}`]),
  );
  const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
  const manifest = {
    name: "user-project",
    private: true,
    dependencies: { ...dependencies, ...ours },
    overrides: { "@intercom-telemetry/core": "$@intercom-telemetry/core" },
  };
  write("package.json", JSON.stringify(manifest));
  run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], folder);
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
