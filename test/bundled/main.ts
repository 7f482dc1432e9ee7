/** `npm run test:bundled [-- <part of a name>]`: the service bundled in every way, its counts beside Intercom's ledger. */
import type { Bundler } from "./bundler.ts";
import { BUNDLERS } from "./bundlers.ts";
import { createServiceProject } from "./project.ts";
import { runBundler } from "./run-bundler.ts";

const [part = ""] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function judge(bundler: Bundler, folder: string): Promise<boolean> {
  try {
    const { counted, ledger, buildSeconds, kibibytes } = await runBundler(bundler, folder);
    const agrees = counted.length > 0 && counted.join() === ledger.join();
    const facts = `built in ${buildSeconds.toFixed(1)} s, ${Math.round(kibibytes)} KiB`;
    const counts = `${counted.length} of ${ledger.length} counted`;
    say(`${agrees ? "ok    " : "FAILS "} ${bundler.name}: ${counts}, ${facts}`);
    return agrees;
  } catch (error) {
    say(`FAILS  ${bundler.name}: ${error}`);
    return false;
  }
}

const project = createServiceProject();
try {
  for (const bundler of BUNDLERS.filter(({ name }) => name.includes(part))) {
    if (!(await judge(bundler, project.folder))) process.exitCode = 1;
  }
} finally {
  project.remove();
}
