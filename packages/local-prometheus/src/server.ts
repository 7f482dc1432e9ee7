import { startProcess } from "./child-process.ts";
import { findFreePort } from "./find-free-port.ts";
import { waitUntil } from "./wait-until.ts";

/** A server of this machine. */
export interface LocalServer {
  /** `127.0.0.1:port`. */
  readonly address: string;
  /** Origin, without a slash at the end. */
  readonly url: string;
  /** Rejects when it ends before it was told to; never resolves. */
  readonly died: Promise<never>;
  /** Ends it, by force where it does not end when asked to. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** How a program is told where to listen, and where it says that it is ready. */
interface Conventions {
  readonly listenFlag: string;
  readonly readyPath: string;
}

const LONGEST_START_SECONDS = 60;
const PROMETHEUS_CONVENTIONS: Conventions = { listenFlag: "--web.listen-address", readyPath: "/-/ready" };

/**
 * Starts Prometheus or one of its kin on a free port and waits until it is ready.
 *
 * @param args all of its arguments but the address.
 * @throws Error when the program is missing, ends or is not ready in time; then it is not left running.
 */
export async function startServer(
  command: string,
  args: readonly string[],
  { listenFlag, readyPath }: Conventions = PROMETHEUS_CONVENTIONS,
): Promise<LocalServer> {
  const address = `127.0.0.1:${await findFreePort()}`;
  const url = `http://${address}`;
  const { died, stop } = startProcess(command, [...args, `${listenFlag}=${address}`]);
  const isReady = async (): Promise<true | undefined> =>
    (await fetch(`${url}${readyPath}`).catch(() => undefined))?.ok ? true : undefined;
  try {
    await Promise.race([waitUntil(`${command} is ready`, LONGEST_START_SECONDS, isReady), died]);
  } catch (error) {
    await stop("SIGKILL");
    throw error;
  }
  return { address, url, died, stop };
}
