// A separate process that scrapes: node scrape-clients.mjs <url> <scrapes> <at once>. Prints how many were whole.
import { Agent, request } from "node:http";

const [url, scrapes, atOnce] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

function scrape(compressed) {
  return new Promise((resolve) => {
    const headers = compressed ? { "accept-encoding": "gzip" } : {};
    const outgoing = request(url, { agent, headers }, (response) => {
      let bytes = 0;
      response.on("data", (chunk) => {
        bytes += chunk.length;
      });
      response.on("end", () =>
        resolve(response.statusCode === 200 && bytes === Number(response.headers["content-length"])),
      );
    });
    outgoing.on("error", () => resolve(false));
    outgoing.end();
  });
}

let started = 0;
let whole = 0;
async function work() {
  while (started < scrapes) {
    started += 1;
    if (await scrape(started % 2 === 0)) whole += 1;
  }
}
await Promise.all(Array.from({ length: atOnce }, work));
agent.destroy();
process.stdout.write(String(whole));
