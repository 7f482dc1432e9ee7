import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createGuardedServer } from "@intercom-telemetry/guards/http";
import { bundlePage } from "../bundle/bundle-page.ts";
import type { PreviewOptions } from "../options.ts";
import { resolveOptions } from "../options.ts";
import { handleRequests, refuseRequest } from "./handle-requests.ts";

const HOST = "127.0.0.1";
const TIMEOUT_SECONDS = 30;

/** A preview that is being served. */
export interface Preview {
  /** Address of the first dashboard's page. */
  readonly url: string;
  /** Ends the server and its connections. */
  close(): Promise<void>;
}

/**
 * Serves the dashboards on loopback, drawn by the browser from a Prometheus.
 * The first start bundles the page, which takes some seconds; later ones find it.
 *
 * @throws TypeError when an option is wrong; Error when the port is taken or the page cannot be bundled.
 */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const resolved = resolveOptions(options);
  const { folder } = await bundlePage();
  const { server, close } = createGuardedServer({
    rules: { listenHost: HOST },
    timeoutSeconds: TIMEOUT_SECONDS,
    handle: await handleRequests(resolved, folder),
    refuse: refuseRequest,
    onError: (error) => process.emitWarning(error instanceof Error ? error : String(error)),
  });
  server.listen(resolved.port, HOST);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://${HOST}:${port}/`, close };
}
