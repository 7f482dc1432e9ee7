import { explainIntercomError } from "@intercom-telemetry/axios";
import { matchOperation } from "@intercom-telemetry/core";
import { lookupError } from "@intercom-telemetry/core/facts";
import { SpanStatusCode } from "@opentelemetry/api";
import { IntercomClient, IntercomError } from "intercom-client-7";
import { expect } from "vitest";
import type { RESPONSE_ROWS } from "../../../packages/core/scripts/common-errors/rows.ts";
import { failureOf, startMeasuredApi } from "../../support/measured-api.ts";
import { attributesOf } from "../../support/spans.ts";
import { NEWEST } from "../../support/transports.ts";
import { errorList, examine, fail, failBy, OTHER_WORKSPACE, start, WRONG_TOKEN } from "./world.ts";

/** One check for each statement of the reference on 401, 403 and 404. */
export const RESPONSE_CHECKS: Readonly<Record<keyof typeof RESPONSE_ROWS, () => Promise<void> | void>> = {
  async bodyShape() {
    expect((await failBy(errorList(401, "unauthorized"))).explanation.code).toBe("unauthorized");
    expect((await failBy({ kind: "errors_by_field" })).explanation.category).toBe("validation");
    expect((await failBy({ kind: "error_key", key: "sms_failed" })).explanation.code).toBe("sms_failed");
    expect((await failBy({ kind: "html", status: 504 })).explanation.code).toBe("gateway_timeout");
    expect((await failBy({ kind: "empty", status: 503 })).explanation.code).toBe("service_unavailable");
  },
  async requestIdShape() {
    const named = await failBy(errorList(401, "unauthorized"));
    expect(named.explanation.requestId).toMatch(/^[a-z0-9]{20}$/);
    const bare = await failBy({ kind: "error_list", status: 401, code: "unauthorized", requestId: false });
    expect(bare.explanation.requestId).toBe(bare.entry?.requestId);
    const uuid = { type: "error.list", request_id: "b68959ea-6328-4c4f-8f9a-9a9b0b1c2d3e", errors: [] };
    expect(explainIntercomError(uuid).requestId).toBe(uuid.request_id);
  },
  async unauthorizedToken() {
    expect((await fail(WRONG_TOKEN)).explanation).toMatchObject({ code: "unauthorized", category: "auth" });
    expect((await fail({ url: "/me", headers: { Authorization: "?" } })).explanation.code).toBe(
      "unauthorized",
    );
    expect((await failBy(errorList(401, "token_revoked"))).explanation.category).toBe("auth");
    expect((await failBy(errorList(401, "token_unauthorized"))).explanation.category).toBe("permission");
    expect((await examine({ us: OTHER_WORKSPACE })).find("token")).toMatchObject({ code: "unauthorized" });
  },
  async unauthorizedEnvironment() {
    const { exitCode, find } = await examine({ us: OTHER_WORKSPACE, eu: {} });
    expect(exitCode).toBe(1);
    expect(find("region")).toMatchObject({ status: "failed", summary: expect.stringContaining("EU") });
  },
  async unauthorizedRegenerated() {
    const { simulator, api } = await start();
    await api.get("/me");
    simulator.revokeToken("dG9rOmdvb2Q6c2VjcmV0");
    const error = await api.get("/me").catch((reason: unknown) => reason);
    expect(explainIntercomError(error).cause).toContain("was replaced");
  },
  async unauthorizedVerify() {
    const { exitCode, find } = await examine({
      us: { apps: [{ name: "app", token: "dG9rOmdvb2Q6c2VjcmV0", missingScopes: ["read_conversations"] }] },
    });
    expect(exitCode).toBe(1);
    expect(find("token")?.status).toBe("ok");
    expect(find("permissions")).toMatchObject({ status: "failed", code: "forbidden" });
  },
  unauthorizedRegenerate() {
    expect(lookupError("unauthorized")?.action).toMatch(/no refresh token.*new token or run OAuth again/);
  },
  async forbiddenScope() {
    const apps = [{ name: "app", token: "dG9rOmdvb2Q6c2VjcmV0", missingScopes: ["write_users"] }];
    const { explanation } = await fail(
      { method: "post", url: "/contacts", data: { role: "user" } },
      { apps },
    );
    expect(explanation).toMatchObject({ code: "forbidden", status: 403, category: "permission" });
    expect(explanation.action).toContain("OAuth scope");
  },
  async forbiddenWorkspace() {
    const { explanation } = await fail({ url: "/contacts/5f0c1b2a3d4e5f6071829304" });
    expect(explanation).toMatchObject({ status: 404, code: "not_found" });
    expect(explanation.cause).toContain("not visible to this token");
  },
  async forbiddenAdmin() {
    const { explanation } = await failBy(errorList(403, "action_forbidden"));
    expect(explanation).toMatchObject({ category: "permission", retryable: false });
    expect(explanation.action).toContain("required_permissions");
  },
  async forbiddenFix() {
    expect(lookupError("token_unauthorized")?.action).toContain("re-authorize");
    const apps = [{ name: "app", token: "dG9rOmdvb2Q6c2VjcmV0", planRestricted: ["/companies/search"] }];
    const { explanation } = await fail({ method: "post", url: "/companies/search", data: {} }, { apps });
    expect(explanation).toMatchObject({ status: 403, code: "api_plan_restricted", category: "plan" });
    expect(explanation.action).toContain("not a scope problem");
  },
  async missingInvalid() {
    for (const url of ["/contacts/none", "/conversations/none", "/companies/none"]) {
      const { explanation } = await fail({ url });
      expect(explanation).toMatchObject({ status: 404, category: "not_found", retryable: false });
    }
  },
  async missingDeleted() {
    const { api } = await start();
    const user = await api.post("/contacts", { role: "user", email: "ann@example.com" });
    const lead = await api.post("/contacts", { role: "lead" });
    await api.post("/contacts/merge", { from: lead.data.id, into: user.data.id });
    const merged = await api.get(`/contacts/${lead.data.id}`).catch((error: unknown) => error);
    expect(explainIntercomError(merged)).toMatchObject({ status: 410, code: "contact_merged" });
    expect(explainIntercomError(merged).action).toContain("Link header");
    await api.delete(`/contacts/${user.data.id}`);
    const deleted = await api.get(`/contacts/${user.data.id}`).catch((error: unknown) => error);
    expect(explainIntercomError(deleted)).toMatchObject({ status: 404 });
  },
  async missingKindOfId() {
    const { api } = await start();
    await api.post("/contacts", { role: "user", external_id: "customer-7" });
    const error = await api.get("/contacts/customer-7").catch((reason: unknown) => reason);
    expect(explainIntercomError(error).action).toContain("Intercom id versus external id");
    expect((await api.get("/contacts/find_by_external_id/customer-7")).data.external_id).toBe("customer-7");
    expect(matchOperation("GET", "/contacts/find_by_external_id/customer-7")?.personal).toEqual([
      "external_id",
    ]);
  },
  async missingSnippet() {
    const { simulator } = await start();
    const client = new IntercomClient({ token: "dG9rOmdvb2Q6c2VjcmV0", environment: simulator.url });
    const error = await client.contacts.find({ contact_id: "none" }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(IntercomError);
    expect(explainIntercomError(error)).toMatchObject({ status: 404, code: "not_found" });
    const measured = await startMeasuredApi(NEWEST, { options: { expectedStatuses: [404] } });
    await failureOf(measured.api.get("/contacts/none"));
    const [span] = measured.tracing.spans();
    expect(span?.status.code).toBe(SpanStatusCode.UNSET);
    expect(attributesOf(span)).not.toHaveProperty("errorType");
  },
};
