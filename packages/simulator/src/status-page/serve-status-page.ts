import type { ServerResponse } from "node:http";
import { check } from "@intercom-telemetry/guards/shape";
import { sendJson, sendText } from "../wire/send.ts";
import { statusBody, summaryBody } from "./status-bodies.ts";
import { STATUS_STATE, type StatusPage, type StatusState } from "./status-page.ts";

/** Paths of the status page begin so. */
export const STATUS_PREFIX = "/__status/";

/** The status page of a simulator: its state, and the way to serve it. */
export interface ServedStatusPage extends StatusPage {
  /** Responds to a request for a path that begins with {@link STATUS_PREFIX}. */
  serve(path: string, response: ServerResponse): void;
}

const FAILURES: { readonly [K in NonNullable<StatusState["failing"]>]: (response: ServerResponse) => void } =
  {
    error: (response) => sendJson(response, 500, { error: "internal server error" }),
    html: (response) => sendText(response, 200, "<html><body>Please wait</body></html>", "text/html"),
    cut_json: (response) => sendText(response, 200, '{"page":{"id":"simu', "application/json"),
    hang: () => undefined,
  };

/** A status page on which all is well. */
export function createStatusPage(epochMilliseconds: () => number): ServedStatusPage {
  let state: StatusState = {};
  const bodies: ReadonlyMap<string, typeof statusBody> = new Map([
    [`${STATUS_PREFIX}api/v2/status.json`, statusBody],
    [`${STATUS_PREFIX}api/v2/summary.json`, summaryBody],
  ]);
  return {
    set(next) {
      state = check(STATUS_STATE, next, "status", ["status"]);
    },
    serve(path, response) {
      const body = bodies.get(path);
      if (!body) sendJson(response, 404, { error: "not found" });
      else if (state.failing) FAILURES[state.failing](response);
      else sendJson(response, 200, body(state, new Date(epochMilliseconds()).toISOString()));
    },
  };
}
