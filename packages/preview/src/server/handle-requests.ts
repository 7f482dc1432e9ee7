import type { IncomingMessage, ServerResponse } from "node:http";
import type { GuardedServerOptions } from "@intercom-telemetry/guards/http";
import type { ResolvedOptions } from "../options.ts";
import { proxyPrometheus } from "./proxy-prometheus.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";
import type { StaticFile } from "./static-files.ts";
import { readStaticFiles } from "./static-files.ts";

/** Path of the dashboards, as a JSON list. */
const DASHBOARDS_PATH = "/dashboards.json";

/** Path before Prometheus's own. */
const PROMETHEUS_PATH = "/prometheus/";

/** Path of a dashboard's page, as in Grafana. */
const PAGE_PATH = "/d/";

/** A response of the preview's own. */
interface Page extends StaticFile {
  readonly status: number;
}

const refuse = (status: number, text: string): Page => ({
  status,
  type: "text/plain",
  body: Buffer.from(text),
});

function send(request: IncomingMessage, response: ServerResponse, { status, type, body }: Page): void {
  response.writeHead(status, { ...SECURITY_HEADERS, "content-type": type, "cache-control": "no-cache" });
  response.end(request.method === "HEAD" ? "" : body);
}

function chooseFile(method: string | undefined, file: StaticFile | undefined): Page {
  if (file === undefined) return refuse(404, "No such page.\n");
  if (method !== "GET" && method !== "HEAD") return refuse(405, "Only GET.\n");
  return { status: 200, ...file };
}

/** The path of a request; empty for a target that is not a path, such as `//`. */
function pathOf(target: string | undefined): string {
  const base = "http://preview";
  return URL.canParse(target ?? "", base) ? new URL(target ?? "", base).pathname : "";
}

/** Responds to a request that is turned away. */
export const refuseRequest: GuardedServerOptions["refuse"] = (request, response, { status, reason }) =>
  send(request, response, refuse(status, `${reason}\n`));

/** Responds for the page, its files, the dashboards, and what they ask Prometheus. */
export async function handleRequests(
  options: ResolvedOptions,
  folder: string,
): Promise<GuardedServerOptions["handle"]> {
  const files = await readStaticFiles(folder);
  const dashboards = Buffer.from(JSON.stringify(options.dashboards));
  files.set(DASHBOARDS_PATH, { type: "application/json", body: dashboards });
  return async (request, response) => {
    const pathname = pathOf(request.url);
    if (pathname.startsWith(PROMETHEUS_PATH)) {
      const path = pathname.slice(PROMETHEUS_PATH.length);
      return proxyPrometheus(options.prometheusUrl, path, request, response);
    }
    const isPage = pathname === "/" || pathname.startsWith(PAGE_PATH);
    send(request, response, chooseFile(request.method, files.get(isPage ? "/index.html" : pathname)));
  };
}
