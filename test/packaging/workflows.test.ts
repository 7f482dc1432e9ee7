import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { run } from "./packed.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflows = readdirSync(`${root}.github/workflows`).map((name) => {
  const text = read(`.github/workflows/${name}`);
  const workflow = parse(text) as Workflow;
  return { name, text, workflow, jobs: Object.entries(workflow.jobs) };
});

/** Whose actions run, by the folder of the owner or the one action. */
const TRUSTED = /^(?:actions\/[\w-]+|github\/codeql-action\/[\w-]+|ossf\/scorecard-action)@[\da-f]{40}$/;

/** The jobs that may do more than read the repository. */
const RAISED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "codeql.yml analyze": { contents: "read", "security-events": "write" },
  "scorecard.yml analyze": { contents: "read", "security-events": "write" },
  "release.yml publish": { "id-token": "write" },
};

describe("each workflow", () => {
  it.each(workflows)(
    "$name uses actions by commit, which nobody can move, with the version beside it",
    ({ text, jobs }) => {
      const used = jobs.flatMap(([, { steps }]) => steps.flatMap(({ uses }) => uses ?? []));
      expect(used.length).toBeGreaterThan(0);
      for (const action of used) {
        expect(action).toMatch(TRUSTED);
        expect(text).toMatch(new RegExp(`${action} # v\\d+\\.\\d+\\.\\d+$`, "m"));
      }
    },
  );

  it.each(workflows)("$name keeps no credentials where it checks out", ({ jobs }) => {
    const checkouts = jobs.flatMap(([, { steps }]) =>
      steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")),
    );
    for (const checkout of checkouts) expect(checkout.with).toMatchObject({ "persist-credentials": false });
  });

  it.each(workflows)(
    "$name may read the repository, and its jobs more only where they are named here",
    ({ name, workflow, jobs }) => {
      expect(workflow.permissions).toEqual({ contents: "read" });
      for (const [job, { permissions }] of jobs) expect(permissions).toEqual(RAISED[`${name} ${job}`]);
    },
  );

  it.each(workflows)(
    "$name ends by itself, and lets nobody outside write into a command or start it with rights",
    ({ text, workflow, jobs }) => {
      expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
      expect(Object.keys(workflow.on)).not.toContain("workflow_run");
      expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|_authToken/);
      for (const [, { steps, "timeout-minutes": minutes }] of jobs) {
        expect(minutes).toBeGreaterThan(0);
        // What stands in `${{ }}` is put into the command before any shell reads it.
        for (const { run: command = "" } of steps)
          expect(command.replace(/\$\{\{ matrix\.proof \}\}/g, "")).not.toContain("${{");
      }
    },
  );
});

it("every proof that the repository has a command for is run each week", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const proofs = workflows.find(({ name }) => name === "proofs.yml")?.text ?? "";
  for (const proof of ["fuzz", "soak", "matrix", "mutation", "load"]) {
    expect(scripts[proof]).toBeDefined();
    expect(proofs).toContain(`npm run ${proof}`);
  }
});

describe("the release workflow", () => {
  const { build, publish } = (parse(read(".github/workflows/release.yml")) as Workflow).jobs;
  const commandsOf = (job: Job | undefined): readonly string[] =>
    job?.steps.flatMap((step) => step.run ?? []) ?? [];

  it("tests and packs in a job that has no identity", () => {
    expect(build?.permissions).toBeUndefined();
    expect(build?.environment).toBeUndefined();
    const commands = commandsOf(build);
    const [tagged, tested, packed] = ["check-tag.mjs", ".ci/run", "pack.mjs"].map((part) =>
      commands.findIndex((command) => command.includes(part)),
    );
    expect([tagged, tested, packed]).toEqual([0, 1, 2]);
  });

  it("publishes from one that runs nothing of the repository: the packed tarballs, by their hashes, with provenance", () => {
    expect(publish?.needs).toBe("build");
    expect(publish?.environment).toBe("release");
    expect(publish?.steps.some(({ uses }) => uses?.includes("checkout"))).toBe(false);
    const [check = "", publishing = "", ...more] = commandsOf(publish);
    expect(more).toEqual([]);
    expect(check).toBe(`printf '%s\\n' "$SUMS" | sha512sum --check --strict`);
    expect(publishing).toMatch(/npm publish .*--provenance --ignore-scripts/);
    expect(publishing.match(/\bnpm\b|\bnode\b|\bnpx\b|\bpnpm\b/g)).toEqual(["npm"]);
  });

  it("refuses a tag that is not the version of every package", () => {
    const { version } = JSON.parse(read("packages/core/package.json")) as { version: string };
    run(process.execPath, ["packages/toolchain/src/check-tag.mjs", `v${version}`], root);
    expect(() => run(process.execPath, ["packages/toolchain/src/check-tag.mjs", "v99.0.0"], root)).toThrow(
      /expected every package to have the version of the tag "v99\.0\.0"/,
    );
  });
});
