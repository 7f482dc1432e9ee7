/**
 * The server of the bench: responds at once, with a list of `?bytes=` where that is asked for, in a separate process.
 * Prints its port, ends with its parent.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { BODIES, endingOf, headersNow } from "./mixed-responses.ts";

/** What a list of that many bytes looks like. */
const lists = new Map<string, string>();

function listOf(bytes: string): string {
  const list =
    lists.get(bytes) ?? `[${`${BODIES[200]},`.repeat(Math.ceil(Number(bytes) / BODIES[200].length))}0]`;
  lists.set(bytes, list);
  return list;
}

const server = createServer((request, response) => {
  const bytes = /[?&]bytes=(\d+)/.exec(request.url ?? "")?.[1];
  if (bytes !== undefined) {
    response.writeHead(200, headersNow());
    response.end(listOf(bytes));
    return;
  }
  const ending = endingOf(Number(request.url?.split("n=")[1]));
  const status = ending === "refused" ? 200 : ending;
  response.writeHead(status, headersNow());
  response.end(BODIES[status]);
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on("end", () => process.exit(0));
