/** `npm run load`: scrapes of a service whose `/metrics` is attacked, beside those of a quiet one. */
import { ATTACKERS, runLoad } from "./run-load.ts";

const { connections, atOnce, slowSockets, guessers } = ATTACKERS;
console.log(
  `${connections} connections, ${atOnce} at once; ${slowSockets} slow sockets; ${guessers.length} guessers`,
);
const { usual, attacked, guesses } = await runLoad(ATTACKERS);
const milliseconds = (seconds: number) => `${Math.round(seconds * 1000)} ms`;
const quantile = (values: readonly number[], level: number): number =>
  values.toSorted((left, right) => left - right)[Math.ceil(values.length * level) - 1] ?? 0;
const describe = (values: readonly number[]): string =>
  `${values.length} scrapes, median ${milliseconds(quantile(values, 0.5))}, slowest ${milliseconds(quantile(values, 1))}`;
console.log(`before: ${describe(usual)}`);
console.log(`attacked: ${describe(attacked)}; ${guesses} passwords guessed`);
if (quantile(attacked, 1) - quantile(usual, 1) >= 1) {
  console.log("A scrape took a second more than the slowest of a quiet service.");
  process.exitCode = 1;
}
