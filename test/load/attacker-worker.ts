/** Attacks in a separate process, until its standard input ends: `attacker-worker.ts <url> <attackers as JSON>`. */
import { startAttack } from "./attack.ts";

const [url = "", attackers = ""] = process.argv.slice(2);
const attack = startAttack(url, JSON.parse(attackers));
await attack.flooded;
console.log(JSON.stringify({ guesses: await attack.stop() }));
