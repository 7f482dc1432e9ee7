import type { IntercomRegion } from "@intercom-telemetry/core/facts";
import { isJsonObject, type JsonObject, parseJsonObject } from "@intercom-telemetry/guards/json";
import { type ApiResponse, type ApiTarget, askIntercom } from "./ask-intercom.ts";
import type { GetResponse, ProbeContext } from "./http-get.ts";

/** What Intercom did with the token. `undecided`: the response does not tell, or there was no response. */
export type TokenVerdict = "accepted" | "refused" | "undecided";

/** What one `GET /me` told. */
export interface MeFacts extends ApiResponse {
  readonly tokenVerdict: TokenVerdict;
  /** A successful response that is not Intercom's `/me`: a captive portal, or a proxy's own page. */
  readonly isImpostor: boolean;
  /** Region of the workspace, where the response names it. */
  readonly workspaceRegion?: IntercomRegion;
  /** Local clock minus the `Date` header, in seconds; 0 when the header's whole second explains the difference. */
  readonly clockSkewSeconds?: number;
  /** `Intercom-Version` of the response. */
  readonly responseVersion?: string;
}

function readRegion(me: JsonObject | undefined): IntercomRegion | undefined {
  const region = isJsonObject(me?.app) ? me.app.region : undefined;
  const name = typeof region === "string" ? region.toLowerCase() : undefined;
  return name === "us" || name === "eu" || name === "au" ? name : undefined;
}

/** `Date` has whole seconds, so the server's clock was anywhere in that second while it responded. */
function readClockSkew(response: GetResponse): number | undefined {
  const serverEpochSeconds = Date.parse(response.headers.date ?? "") / 1000;
  if (Number.isNaN(serverEpochSeconds)) return undefined;
  const { servedEpochSeconds, servedToleranceSeconds } = response;
  const ahead = servedEpochSeconds - servedToleranceSeconds - (serverEpochSeconds + 1);
  const behind = serverEpochSeconds - (servedEpochSeconds + servedToleranceSeconds);
  if (ahead > 0) return ahead;
  return behind > 0 ? -behind : 0;
}

function readVersion({ headers }: GetResponse): string | undefined {
  const version = headers["intercom-version"];
  return typeof version === "string" && /^[\w.]{1,20}$/.test(version) ? version : undefined;
}

function judgeToken({ error, status }: ApiResponse["outcome"], isImpostor: boolean): TokenVerdict {
  if (status === undefined || isImpostor) return "undecided";
  if (!error || error.category === "permission" || error.category === "plan") return "accepted";
  return error.category === "auth" ? "refused" : "undecided";
}

/** Asks Intercom who the token belongs to: one request, without side effects, that any good token may make. */
export async function probeMe(target: ApiTarget, context: ProbeContext): Promise<MeFacts> {
  const { response, outcome } = await askIntercom(target, "/me", context);
  if (!response.arrived) return { response, outcome, tokenVerdict: "undecided", isImpostor: false };
  const me = outcome.error ? undefined : parseJsonObject(response.body);
  const isImpostor = !outcome.error && typeof me?.type !== "string";
  const workspaceRegion = readRegion(me);
  const clockSkewSeconds = readClockSkew(response);
  const responseVersion = readVersion(response);
  return {
    response,
    outcome,
    tokenVerdict: judgeToken(outcome, isImpostor),
    isImpostor,
    ...(workspaceRegion && { workspaceRegion }),
    ...(clockSkewSeconds !== undefined && { clockSkewSeconds }),
    ...(responseVersion !== undefined && { responseVersion }),
  };
}
