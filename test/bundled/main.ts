/** `npm run test:bundled [-- <part of a name>]`: the service bundled in every way, its counts beside Intercom's ledger. */
import { runBundlers } from "./run-bundlers.ts";

const [part = ""] = process.argv.slice(2);
await runBundlers(part, ({ name, facts, problem }) => {
  process.stdout.write(`${problem === undefined ? "ok    " : "FAILS "} ${name}: ${problem ?? facts}\n`);
  if (problem !== undefined) process.exitCode = 1;
});
