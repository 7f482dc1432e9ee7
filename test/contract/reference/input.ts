import { explainIntercomError } from "@intercom-telemetry/axios";
import { lookupError } from "@intercom-telemetry/core/facts";
import { expect } from "vitest";
import { findOrCreateContact } from "../../../examples/find-or-create-contact/src/find-or-create-contact.ts";
import { searchThenCreate } from "../../../examples/find-or-create-contact/src/search-then-create.ts";
import type { INPUT_ROWS } from "../../../packages/core/scripts/common-errors/rows.ts";
import { errorList, fail, failBy, start } from "./world.ts";

const ANN = { email: "ann@example.com", externalId: "ann" };
const five = <Result>(call: () => Promise<Result>) => Promise.allSettled(Array.from({ length: 5 }, call));

/** One check for each statement of the reference on conflicts and invalid input. */
export const INPUT_CHECKS: Readonly<Record<keyof typeof INPUT_ROWS, () => Promise<void> | void>> = {
  async conflictDuplicate() {
    const { api } = await start();
    await api.post("/contacts", { role: "user", email: ANN.email, external_id: "ann" });
    for (const duplicate of [{ email: ANN.email }, { external_id: "ann" }]) {
      const error = await api
        .post("/contacts", { role: "user", ...duplicate })
        .catch((reason: unknown) => reason);
      expect(explainIntercomError(error)).toMatchObject({ status: 409, code: "conflict", retryable: false });
      expect(explainIntercomError(error).line).not.toContain(ANN.email);
    }
  },
  async conflictRace() {
    const { api } = await start();
    const settled = await five(() => api.post("/contacts", { role: "user", email: ANN.email }));
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  },
  async conflictSnippet() {
    const { api } = await start({ indexLagSeconds: 60 });
    const racing = await five(() => searchThenCreate(api, ANN));
    expect(racing.filter(({ status }) => status === "rejected")).toHaveLength(4);
    const ours = await five(() => findOrCreateContact(api, { email: "ben@example.com", externalId: "ben" }));
    expect(ours.every(({ status }) => status === "fulfilled")).toBe(true);
  },
  async invalidValue() {
    const { explanation } = await fail({ method: "post", url: "/contacts", data: { email: "no address" } });
    expect(explanation).toMatchObject({ status: 422, code: "parameter_invalid", category: "validation" });
    for (const status of [400, 404]) {
      expect((await failBy(errorList(status, "parameter_invalid"))).explanation.category).toBe("validation");
    }
    const wrongType = await fail({ method: "post", url: "/contacts", data: { email: 7 } });
    expect(wrongType.explanation.category).toBe("validation");
  },
  async invalidMissing() {
    const { explanation } = await fail({ method: "post", url: "/contacts", data: {} });
    expect(explanation).toMatchObject({ status: 400, code: "parameter_not_found", category: "validation" });
    expect(lookupError("field_not_found")).toMatchObject({ category: "validation" });
  },
  async invalidAttributeName() {
    const { explanation } = await failBy(errorList(422, "parameter_invalid", "name is too long"));
    expect(explanation).toMatchObject({ category: "validation", retryable: false });
    expect(explanation.line).not.toMatch(/190|too long/);
  },
  async invalidFix() {
    const action = {
      ...errorList(422, "validation_error", "email ann@example.com is taken"),
      more: [{ code: "parameter_invalid", message: "name is not a string" }],
    };
    const { explanation } = await failBy(action as Parameters<typeof failBy>[0]);
    expect(explanation).toMatchObject({ code: "validation_error", category: "validation" });
    expect(explanation.line).not.toContain("ann@");
    expect((await failBy({ kind: "errors_by_field" })).explanation).toMatchObject({ category: "validation" });
  },
};
