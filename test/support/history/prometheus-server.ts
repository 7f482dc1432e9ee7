import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const START_TIMEOUT_MILLISECONDS = 20_000;

const POLL_MILLISECONDS = 50;

/** A port of 127.0.0.1 that is free now. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has no port");
  return address.port;
}

/** A Prometheus over a folder of blocks. */
export class PrometheusServer {
  #child: ChildProcess | undefined;
  readonly #folder: string;
  readonly url: string;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts one that scrapes nothing; `folder` holds `prometheus.yml` and `data`. */
  static async start(folder: string): Promise<PrometheusServer> {
    const server = new PrometheusServer(folder, await findFreePort());
    await server.#launch();
    return server;
  }

  async #launch(): Promise<void> {
    this.#child = spawn(
      "prometheus",
      [
        `--config.file=${join(this.#folder, "prometheus.yml")}`,
        `--storage.tsdb.path=${join(this.#folder, "data")}`,
        "--storage.tsdb.retention.time=20y",
        `--web.listen-address=${new URL(this.url).host}`,
        "--log.level=error",
      ],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    const deadline = performance.now() + START_TIMEOUT_MILLISECONDS;
    for (;;) {
      const answer = await fetch(`${this.url}/-/ready`).catch(() => undefined);
      if (answer?.ok) return;
      if (performance.now() > deadline) throw new Error("Prometheus was not ready after 20 s");
      await wait(POLL_MILLISECONDS);
    }
  }

  /** Starts again, which reads blocks that were written meanwhile. */
  async restart(): Promise<void> {
    await this.close();
    await this.#launch();
  }

  /** Ends it. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}
