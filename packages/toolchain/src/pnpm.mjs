// Runs pnpm at the version and with the hash of package.json's packageManager: pnpm.mjs install
// Needs nothing but Node and npm, which checks the hashes.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const [, version, hex] = /^pnpm@([\d.]+)\+sha512\.([\da-f]{128})$/.exec(packageManager);

/** pnpm is a program for each platform, in a separate package. These build and release; others take what npx finds. */
const PROGRAMS = {
  "linux-x64":
    "sha512-8eufCjHXspKbNS/kh8q4Q0gqJoOuvC4Q5pgos6XS8By/nAMtP+jf8F1Cw9er840kfAX+PJ/ts+A9qnLE91rvXQ==",
  "linux-arm64":
    "sha512-4Oj/iF2TDCe2lcH0n4TupPR5sSdrNLclJB6xBElLMPCUOAvBhdf2rRlSaO5M4erJ6g4Fyy7YTXTpcmfFsKyxEA==",
};
const platform = `${process.platform}-${process.arch}`;
const program = `@pnpm/exe.${platform}`;
const cache = `${root}node_modules/.cache/intercom-telemetry`;
const folder = `${cache}/pnpm-${hex.slice(0, 16)}`;

/** A lock file is how npm takes hashes. */
function lockFile() {
  const dependencies = { pnpm: version, [program]: version };
  const integrity = `sha512-${Buffer.from(hex, "hex").toString("base64")}`;
  return {
    lockfileVersion: 3,
    packages: {
      "": { dependencies },
      "node_modules/pnpm": { version, integrity },
      [`node_modules/${program}`]: { version, integrity: PROGRAMS[platform] },
    },
  };
}

/** Fetches pnpm once; the folder is made whole under another name, so that two at a time do no harm. */
function fetchPnpm() {
  if (existsSync(folder)) return;
  const aside = `${folder}-${process.pid}`;
  mkdirSync(aside, { recursive: true });
  try {
    const lock = lockFile();
    writeFileSync(`${aside}/package.json`, JSON.stringify(lock.packages[""]));
    writeFileSync(`${aside}/package-lock.json`, JSON.stringify(lock));
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    execFileSync("npm", args, { cwd: aside, stdio: ["ignore", "pipe", "pipe"] });
    if (!existsSync(folder)) renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Runs pnpm and returns what it printed; a failure carries all output. */
export function runPnpm(args, cwd = root) {
  try {
    const options = { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] };
    if (!(platform in PROGRAMS)) return execFileSync("npx", ["--yes", packageManager, ...args], options);
    fetchPnpm();
    return execFileSync(`${folder}/node_modules/${program}/pnpm`, args, options);
  } catch (error) {
    const { message, stdout = "", stderr = "" } = error;
    throw new Error(`pnpm ${args.join(" ")}: ${message}\n${stdout}${stderr}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(runPnpm(process.argv.slice(2), process.cwd()));
