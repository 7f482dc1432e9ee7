/** `npm run bench:start [-- --runs 41] [--json]`: what zero code adds to the start of a program. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { argsBefore } from "../../matrix/zero-code/programs.ts";
import { createZeroCodeProject } from "../../matrix/zero-code/project.ts";
import type { Before } from "../../matrix/zero-code/rows.ts";
import { packAll } from "../../packaging/packed.ts";
import { median } from "../statistics.ts";

/** Most that we may add where the auto-instrumentations of OpenTelemetry are loaded anyway. */
const MOST_MILLISECONDS = 30;

const { values } = parseArgs({
  options: { runs: { type: "string", default: "41" }, json: { type: "boolean", default: false } },
});
const runs = Number(values.runs);

/** The one that runs on every Node that is supported. */
const PACKAGES = {
  "@opentelemetry/api": "1.9.1",
  "@opentelemetry/instrumentation": "0.219.0",
  "@opentelemetry/auto-instrumentations-node": "0.77.0",
};

interface Program {
  readonly name: string;
  readonly module: "esm" | "cjs";
  readonly text: string;
}

/** What a program does first: nothing, or load axios, whose loading we hook into. */
const PROGRAMS: readonly Program[] = [
  { name: "empty.mjs", module: "esm", text: "process.exit(0);" },
  { name: "empty.cjs", module: "cjs", text: "process.exit(0);" },
  { name: "axios.mjs", module: "esm", text: 'import axios from "axios"; process.exit(axios ? 0 : 1);' },
  { name: "axios.cjs", module: "cjs", text: 'process.exit(require("axios") ? 0 : 1);' },
];

type Loaded = Before | "nothing" | "auto";
const LOADED: readonly Loaded[] = ["nothing", "register", "auto", "auto, register"];

const env = {
  PATH: process.env.PATH,
  OTEL_TRACES_EXPORTER: "none",
  OTEL_METRICS_EXPORTER: "none",
  OTEL_LOGS_EXPORTER: "none",
  OTEL_NODE_RESOURCE_DETECTORS: "none",
};

function startMilliseconds(loaded: Loaded, { name, module }: Program, cwd: string): number {
  const args = loaded === "nothing" ? [] : argsBefore(loaded, module);
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...args, name], { cwd, env, encoding: "utf8" });
  const milliseconds = performance.now() - started;
  if (status !== 0) throw new Error(`${args.join(" ")} ${name} ended with ${status}\n${stderr}`);
  return milliseconds;
}

type Round = Readonly<Record<Loaded, number>>;

/**
 * One after the other in turn, back and forth, so that a busy moment of the machine meets all of them. What is compared
 * ran side by side.
 */
function measure(program: Program, folder: string): Round[] {
  return Array.from({ length: runs }, (_, index) => {
    const order = index % 2 === 0 ? LOADED : [...LOADED].reverse();
    return Object.fromEntries(
      order.map((loaded) => [loaded, startMilliseconds(loaded, program, folder)]),
    ) as Round;
  });
}

const packed = packAll();
const project = createZeroCodeProject(packed.tarballs, { packages: PACKAGES });
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const round = (value: number): number => Math.round(value * 10) / 10;
try {
  const results = PROGRAMS.map((program) => {
    project.write(program.name, program.text);
    const rounds = measure(program, project.folder);
    const of = (loaded: Loaded): number => median(rounds.map((times) => times[loaded]));
    const over = (loaded: Loaded, beside: Loaded): number =>
      round(median(rounds.map((times) => times[loaded] - times[beside])));
    const overAuto = over("auto, register", "auto");
    const alone = over("register", "nothing");
    say(
      `${program.name}: ${LOADED.map((loaded) => `${loaded} ${round(of(loaded))} ms`).join(" · ")}; ` +
        `over auto ${overAuto} ms, alone ${alone} ms`,
    );
    return { program: program.name, overAutoMilliseconds: overAuto, aloneMilliseconds: alone };
  });
  const worst = Math.max(...results.map(({ overAutoMilliseconds }) => overAutoMilliseconds));
  say(
    `Node ${process.versions.node}, medians of ${runs} differences: at most ${worst} ms over auto, ${MOST_MILLISECONDS} allowed`,
  );
  if (values.json) say(JSON.stringify({ node: process.versions.node, runs, results }));
  process.exitCode = worst <= MOST_MILLISECONDS ? 0 : 1;
} finally {
  project.remove();
  rmSync(packed.folder, { recursive: true, force: true });
}
