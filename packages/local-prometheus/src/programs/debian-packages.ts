import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { deriveSources } from "./derive-sources.ts";

/** The programs cannot be had on this machine; the message says why. */
export class MissingProgramsError extends Error {
  override readonly name = "MissingProgramsError";
}

const SOURCES_LIST = "/etc/apt/sources.list";
const SOURCES_FOLDER = "/etc/apt/sources.list.d";

function ownSuite(): string {
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  const suite = /^VERSION_CODENAME=(\w+)$/m.exec(release)?.[1];
  if (!/^ID=debian$/m.test(release) || suite === undefined) throw new MissingProgramsError("needs Debian");
  return suite;
}

/** The machine's own sources with another suite, written to a file that only our calls of apt read. */
function writeSources(suite: string, folder: string): string {
  const from = ownSuite();
  const names = existsSync(SOURCES_FOLDER) ? readdirSync(SOURCES_FOLDER) : [];
  const own = names
    .filter((name) => /\.(sources|list)$/.test(name))
    .map((name) => join(SOURCES_FOLDER, name));
  for (const path of [SOURCES_LIST, ...own].filter((each) => existsSync(each))) {
    const content = deriveSources(basename(path), readFileSync(path, "utf8"), from, suite);
    if (content === undefined) continue;
    const file = join(folder, path.endsWith(".sources") ? "suite.sources" : "suite.list");
    writeFileSync(file, content);
    return file;
  }
  throw new MissingProgramsError(`found no apt source of the suite ${from}`);
}

function run(command: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new MissingProgramsError(`${command} ${args.slice(-2).join(" ")}: ${stderr?.trim() || message}`);
  }
}

/**
 * Downloads packages of a Debian suite and unpacks them. The system stays as it is: apt reads sources and keeps state
 * in the folder, nothing is installed.
 *
 * @param folder an empty one.
 * @returns upstream version of each package.
 * @throws MissingProgramsError
 */
export function unpackPackages(
  suite: string,
  packages: readonly string[],
  folder: string,
): ReadonlyMap<string, string> {
  const [lists, cache, debs] = ["lists", "cache", "debs"].map((name) => join(folder, name));
  if (!lists || !cache || !debs) throw new Error("expected three folders");
  for (const path of [join(lists, "partial"), join(cache, "archives/partial"), debs]) {
    mkdirSync(path, { recursive: true });
  }
  const settings = [
    `Dir::Etc::sourcelist=${writeSources(suite, folder)}`,
    "Dir::Etc::sourceparts=-",
    "Dir::Etc::preferencesparts=-",
    `Dir::State::lists=${lists}`,
    `Dir::Cache=${cache}`,
    // As root apt would hand the download to a user who may not write here.
    `APT::Sandbox::User=${process.env.USER ?? "root"}`,
  ].flatMap((setting) => ["-o", setting]);
  run("apt-get", [...settings, "update", "-qq"], folder);
  run("apt-get", [...settings, "download", "-qq", ...packages], debs);
  const files = readdirSync(debs).map((name) => join(debs, name));
  for (const file of files) run("dpkg", ["-x", file, folder], folder);
  return new Map(
    files.map((file) => {
      const [name = "", version = ""] = ["Package", "Version"].map((field) =>
        run("dpkg-deb", ["-f", file, field], folder).trim(),
      );
      return [name, version] as const;
    }),
  );
}
