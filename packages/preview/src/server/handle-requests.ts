import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { ResolvedOptions } from "../options.ts";
import { isMeantForThisMachine, SECURITY_HEADERS } from "./guard.ts";
import { proxyPrometheus } from "./proxy-prometheus.ts";
import type { StaticFile } from "./static-files.ts";
import { readStaticFiles } from "./static-files.ts";

/** Path of the dashboards, as a JSON list. */
const DASHBOARDS_PATH = "/dashboards.json";

/** Path before Prometheus's own. */
const PROMETHEUS_PATH = "/prometheus/";

/** Path of a dashboard's page, as in Grafana. */
const PAGE_PATH = "/d/";

/** An answer of the preview's own. */
interface Answer extends StaticFile {
  readonly status: number;
}

const refuse = (status: number, text: string): Answer => ({
  status,
  type: "text/plain",
  body: Buffer.from(text),
});

function send(request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { ...SECURITY_HEADERS, "content-type": type, "cache-control": "no-cache" });
  response.end(request.method === "HEAD" ? "" : body);
}

function chooseFile(method: string | undefined, file: StaticFile | undefined): Answer {
  if (file === undefined) return refuse(404, "No such page.\n");
  if (method !== "GET" && method !== "HEAD") return refuse(405, "Only GET.\n");
  return { status: 200, ...file };
}

/** Answers for the page, its files, the dashboards, and what they ask Prometheus. */
export async function handleRequests(options: ResolvedOptions, folder: string): Promise<RequestListener> {
  const files = await readStaticFiles(folder);
  const dashboards = Buffer.from(JSON.stringify(options.dashboards));
  files.set(DASHBOARDS_PATH, { type: "application/json", body: dashboards });
  return (request, response) => {
    if (!isMeantForThisMachine(request)) {
      send(request, response, refuse(421, "Only for this machine, by its loopback name.\n"));
      return;
    }
    const { pathname } = new URL(request.url ?? "/", "http://preview");
    if (pathname.startsWith(PROMETHEUS_PATH)) {
      const path = pathname.slice(PROMETHEUS_PATH.length);
      void proxyPrometheus(options.prometheusUrl, path, request, response);
      return;
    }
    const isPage = pathname === "/" || pathname.startsWith(PAGE_PATH);
    send(request, response, chooseFile(request.method, files.get(isPage ? "/index.html" : pathname)));
  };
}
