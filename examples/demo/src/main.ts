import { Command, InvalidArgumentError, Option } from "commander";
import { findPrograms, usePipelinePrograms } from "./monitoring/find-programs.ts";
import { runDemo } from "./run-demo.ts";
import type { Pipeline } from "./stage.ts";
import { usualChapterSeconds } from "./story/chapters.ts";
import { describeResult } from "./summary.ts";

interface Flags {
  readonly for: number;
  readonly chapter?: number;
  readonly port: number;
  readonly pipeline: Pipeline;
  readonly json: boolean;
  readonly monitoring: boolean;
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0)) throw new InvalidArgumentError("Expected a number of seconds above 0.");
  return seconds;
}

function readPort(text: string): number {
  const port = Number(text);
  const sane = Number.isInteger(port) && port >= 1 && port < 65_535;
  if (!sane) throw new InvalidArgumentError("Expected a port from 1 to 65534; the next one is used too.");
  return port;
}

/** The first Ctrl-C ends the demo in order; the second ends it at once, and the services with it. */
function listenForEnd(): AbortSignal {
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (ending.signal.aborted) process.exit(1);
      ending.abort();
    });
  }
  return ending.signal;
}

const STORES: Readonly<Record<Pipeline, string>> = { scrape: "Prometheus", otlp: "VictoriaMetrics" };

/** Whether there will be dashboards. The OTLP pipeline brings all programs along, and cannot do without its store. */
async function preparePrograms(pipeline: Pipeline, wanted: boolean): Promise<boolean> {
  if (pipeline === "scrape") return wanted && (await findPrograms());
  usePipelinePrograms();
  return wanted;
}

async function main({ json, monitoring: wanted, pipeline, ...flags }: Flags): Promise<void> {
  const signal = listenForEnd();
  const monitoring = await preparePrograms(pipeline, wanted);
  const further = monitoring ? [STORES[pipeline], "a probe", "Alertmanager", "the dashboards"] : [];
  console.log(`Starting three services${further.map((each) => `, ${each}`).join("")} ...`);
  const result = await runDemo({
    forSeconds: flags.for,
    chapterSeconds: flags.chapter ?? usualChapterSeconds(flags.for),
    basePort: flags.port,
    pipeline,
    monitoring,
    signal,
  });
  console.log(describeResult(result));
  if (json) console.log(JSON.stringify(result.summary));
  if (result.summary.mismatches > 0) process.exitCode = 1;
}

const command = new Command("demo")
  .description("Three services, one quota, many faults: and every request accounted for.")
  .option(
    "--for <seconds>",
    "end after this time (default: at Ctrl-C)",
    readSeconds,
    Number.POSITIVE_INFINITY,
  )
  .option(
    "--chapter <seconds>",
    "length of each chapter of the story (default: 36, or a fifth of --for where that is shorter)",
    readSeconds,
  )
  .option("--port <number>", "port of the first /metrics; the second has the next one", readPort, 9464)
  .addOption(
    new Option("--pipeline <name>", "how metrics reach their store: scraped by Prometheus, or over OTLP")
      .choices(["scrape", "otlp"])
      .default("scrape"),
  )
  .option("--no-monitoring", "without rules, Alertmanager, probe and dashboards")
  .option("--json", "print the summary as JSON, as the last line", false)
  .action(main);

try {
  await command.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
