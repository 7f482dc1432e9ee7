import type { DocumentedOperation } from "@intercom-telemetry/core/facts";
import type { RunningApp } from "../running-app.ts";
import { errorResponse, type SimulatedResponse } from "../wire/response.ts";
import { traitsOf } from "./response-traits.ts";

/** Scopes by the first segment of the path: to read, and to write. Source: names in Intercom's documentation. */
const SCOPES: Readonly<Record<string, readonly [read: string, write: string]>> = {
  contacts: ["read_users", "write_users"],
  users: ["read_users", "write_users"],
  conversations: ["read_conversations", "write_conversations"],
  tickets: ["read_tickets", "write_tickets"],
  admins: ["read_admins", "write_admins"],
  teams: ["read_admins", "write_admins"],
  articles: ["read_content", "write_content"],
  content: ["read_content", "write_content"],
};

function neededScope(operation: DocumentedOperation): string | undefined {
  const [read, write] = SCOPES[operation.template.split("/")[1] ?? ""] ?? [];
  return operation.method === "GET" || traitsOf(operation).search ? read : write;
}

/** The 403 of an app whose plan or scopes do not reach this operation; `undefined` when they do. */
export function missingPermission(
  operation: DocumentedOperation,
  app: RunningApp,
  requestId: string,
): SimulatedResponse | undefined {
  const { missingScopes, planRestricted } = app.settings;
  if (planRestricted.includes(operation.template)) {
    return errorResponse(requestId, 403, "api_plan_restricted", "Active subscription needed.");
  }
  const scope = neededScope(operation);
  if (scope === undefined || !missingScopes.includes(scope)) return undefined;
  return errorResponse(requestId, 403, "forbidden", `The token does not have the scope ${scope}`);
}
