/**
 * Runs each of the jobs, or those whose title begins with the given word, against a simulated Intercom and compares what
 * they told with what really happened.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import { type Counts, countLedger, countOtlp, countPage } from "./count.ts";
import { startOtlpStore, startPushgateway } from "./stand-ins.ts";

const TOKEN = "demo-token";

interface Job {
  readonly title: string;
  /** @returns what it has told. */
  run(simulator: Simulator): Promise<Counts>;
}

function start(file: string, simulator: Simulator, env: Readonly<Record<string, string>>): ChildProcess {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const ours = { INTERCOM_URL: simulator.url, INTERCOM_ACCESS_TOKEN: TOKEN };
  return fork(script, { env: { ...process.env, ...ours, ...env } });
}

async function runCronJob(simulator: Simulator): Promise<Counts> {
  const standIn = process.env.PUSHGATEWAY_URL ? undefined : await startPushgateway();
  const url = process.env.PUSHGATEWAY_URL ?? standIn?.url ?? "";
  await once(start("cron-job.ts", simulator, { PUSHGATEWAY_URL: url }), "exit");
  const page = await (await fetch(`${url}/metrics`)).text();
  standIn?.close();
  return countPage(page, "nightly");
}

/** @param during what happens to the process before it ends. */
async function runWithOtlp(
  file: string,
  simulator: Simulator,
  env: Readonly<Record<string, string>> = {},
  during: (child: ChildProcess) => void = () => {},
): Promise<Counts> {
  const store = await startOtlpStore();
  const child = start(file, simulator, {
    OTEL_SERVICE_NAME: file,
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${store.url}/v1/metrics`,
    OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: "http/json",
    ...env,
  });
  during(child);
  await once(child, "exit");
  store.close();
  return countOtlp(store.lastValues);
}

const JOBS: readonly Job[] = [
  { title: "cron job, Pushgateway", run: runCronJob },
  {
    title: "Lambda, frozen after each call",
    run: (simulator) => runWithOtlp("lambda-runtime.ts", simulator),
  },
  {
    title: "worker, ended by SIGTERM",
    run: (simulator) =>
      runWithOtlp("worker.ts", simulator, {}, (child) =>
        child.on("message", ({ done }: { done: number }) => done === 7 && child.kill("SIGTERM")),
      ),
  },
  {
    title: "worker, killed by a bug",
    run: (simulator) => runWithOtlp("worker.ts", simulator, { POISONED: "yes" }),
  },
];

const sum = (counts: Counts): number => Object.values(counts).reduce((all, each) => all + each, 0);

async function compare({ title, run }: Job): Promise<void> {
  const simulator = await startSimulator({ apps: [{ name: "job", token: TOKEN }] });
  const counted = await run(simulator);
  const happened = countLedger(simulator);
  await simulator.close();
  console.log(`${title}: ${sum(counted)} counted, ${sum(happened)} in the ledger`);
  if (isDeepStrictEqual(counted, happened)) return;
  console.log("They differ:", counted, happened);
  process.exitCode = 1;
}

const [, , wanted = ""] = process.argv;
await Promise.all(JOBS.filter(({ title }) => title.startsWith(wanted)).map(compare));
