import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { createGuardedServer, type GuardedServerOptions } from "@intercom-telemetry/guards/http";
import { expect, it, onTestFinished } from "vitest";

const MORE_THAN_ARE_KEPT = 300;

interface Started {
  readonly url: string;
  readonly port: number;
  readonly errors: readonly unknown[];
}

async function start(
  handle: GuardedServerOptions["handle"],
  options: Partial<GuardedServerOptions> = {},
): Promise<Started> {
  const errors: unknown[] = [];
  const { server, close } = createGuardedServer({
    rules: { listenHost: "127.0.0.1" },
    timeoutSeconds: 10,
    handle,
    refuse: (_, response, { status }) => void response.writeHead(status).end(),
    onError: (error) => errors.push(error),
    ...options,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, port, errors };
}

async function open(port: number, text: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(text);
  onTestFinished(() => void socket.destroy());
  return socket;
}

const broken = new Error("broken");

it.each<[string, GuardedServerOptions["handle"]]>([
  [
    "throws",
    () => {
      throw broken;
    },
  ],
  ["rejects", () => Promise.reject(broken)],
  [
    "responds and then rejects",
    (_, response) => {
      response.writeHead(200).write("half of it");
      return Promise.reject(broken);
    },
  ],
])("a handler that %s costs its own connection and nothing else", async (_, fail) => {
  const { url, errors } = await start((request, response) =>
    request.url === "/fail" ? fail(request, response) : void response.end("whole"),
  );
  const failed = fetch(`${url}fail`).then((response) => response.text());
  await expect(failed).rejects.toThrow();
  expect(errors).toEqual([broken]);
  expect(await (await fetch(url)).text()).toBe("whole");
});

it.each([
  ["say nothing", ""],
  ["never end their headers", "GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: "],
])("more sockets than are kept, which %s, keep nobody from being served", async (_, text) => {
  const { url, port } = await start((_request, response) => void response.end("served"));
  await Promise.all(Array.from({ length: MORE_THAN_ARE_KEPT }, () => open(port, text)));
  expect(await (await fetch(url)).text()).toBe("served");
});

it("a request that is not sent in time ends", async () => {
  const { port } = await start((_request, response) => void response.end(), { timeoutSeconds: 0.2 });
  const socket = await open(port, "GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ");
  socket.resume();
  const startedMilliseconds = performance.now();
  await once(socket, "close");
  expect(performance.now() - startedMilliseconds).toBeLessThan(5000);
});

it("headers of more than Node's bound are refused", async () => {
  const { port } = await start((_request, response) => void response.end());
  const socket = await open(
    port,
    `GET / HTTP/1.1\r\nhost: localhost\r\nx-long: ${"x".repeat(20_000)}\r\n\r\n`,
  );
  const [response] = (await once(socket, "data")) as [Buffer];
  expect(response.toString()).toMatch(/^HTTP\/1\.1 431 /);
});

it("a foreign request does not reach the handler", async () => {
  let handled = 0;
  const { url } = await start((_request, response) => {
    handled += 1;
    response.end();
  });
  const { status } = await fetch(url, { headers: { origin: "https://evil.example" } });
  expect(status).toBe(403);
  expect(handled).toBe(0);
});

it("closing ends open connections, and may be done twice", async () => {
  const { server, close } = createGuardedServer({
    rules: { listenHost: "127.0.0.1" },
    timeoutSeconds: 10,
    handle: () => {},
    refuse: () => {},
    onError: () => {},
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = await open(
    (server.address() as AddressInfo).port,
    "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n",
  );
  socket.resume();
  const closed = new Promise((resolve) => socket.once("close", resolve));
  await Promise.all([close(), close(), closed]);
  expect(server.listening).toBe(false);
});
