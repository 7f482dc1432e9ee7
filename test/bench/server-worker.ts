/** The server of the bench: responds at once, in a separate process. Prints its port, ends with its parent. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { BODIES, endingOf, headersNow } from "./mixed-responses.ts";

const server = createServer((request, response) => {
  const ending = endingOf(Number(request.url?.split("n=")[1]));
  const status = ending === "refused" ? 200 : ending;
  response.writeHead(status, headersNow());
  response.end(BODIES[status]);
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on("end", () => process.exit(0));
