import { type AddressInfo, createServer, type Server } from "node:net";
import fc from "fast-check";
import { runCli } from "../../cli/command-line.ts";
import { text } from "../arbitraries/text.ts";
import { statusPageResponse, wireResponse } from "../arbitraries/wire.ts";
import { findSecret, SECRETS } from "../secrets.ts";
import type { Target } from "./target.ts";

const STATUS_PATH = "/summary.json";

/** The bytes that each side responds with. */
interface Sent {
  api: Buffer;
  statusPage: Buffer;
}

function listen(sent: Sent): Promise<Server> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", (request) => {
      socket.end(request.includes(`GET ${STATUS_PATH}`) ? sent.statusPage : sent.api);
    });
  });
  // The process may end while the server listens.
  server.unref();
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** Tokens as people set them, and proxies with their own credentials. */
const environment = (port: number): fc.Arbitrary<Record<string, string>> =>
  fc.record(
    {
      INTERCOM_ACCESS_TOKEN: fc.oneof(
        { weight: 9, arbitrary: fc.constant(SECRETS.token) },
        { weight: 1, arbitrary: text },
      ),
      http_proxy: fc.constantFrom(
        "",
        `http://${encodeURIComponent(SECRETS.email)}:${encodeURIComponent(SECRETS.token)}@127.0.0.1:${port}`,
        `${SECRETS.email} no proxy`,
      ),
      NO_PROXY: fc.oneof(fc.constantFrom("*", "", "127.0.0.1"), text),
      NODE_TLS_REJECT_UNAUTHORIZED: fc.constantFrom("0", "1"),
    },
    { requiredKeys: ["INTERCOM_ACCESS_TOKEN"] },
  );

function checkOutput(exitCode: number, written: string, isJson: boolean): void {
  if (![0, 1, 2].includes(exitCode)) throw new Error(`exit code ${exitCode}`);
  const secret = findSecret(written);
  if (secret !== undefined) throw new Error(`the doctor writes the secret "${secret}": ${written}`);
  if (/\p{Cc}/u.test(written.replaceAll("\n", ""))) throw new Error(`it steers the terminal: ${written}`);
  if (isJson) JSON.parse(written);
}

/** Whatever responds in Intercom's place, the doctor reports on it and repeats nothing of it. */
export const doctorTarget: Target = {
  name: "doctor",
  weight: 0.3,
  async run(parameters) {
    const sent: Sent = { api: Buffer.alloc(0), statusPage: Buffer.alloc(0) };
    const server = await listen(sent);
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const args = ["doctor", "--base-url", url, "--status-url", `${url}${STATUS_PATH}`, "--timeout", "5"];
    const property = fc.asyncProperty(
      wireResponse,
      statusPageResponse,
      environment(port),
      fc.boolean(),
      async (api, statusPage, env, isJson) => {
        Object.assign(sent, { api, statusPage });
        const { exitCode, out, err } = await runCli(isJson ? [...args, "--json"] : args, { env });
        checkOutput(exitCode, out + err, isJson);
      },
    );
    try {
      await fc.assert(property, parameters);
    } finally {
      server.close();
    }
  },
};
