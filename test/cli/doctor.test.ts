import { describe, expect, it } from "vitest";
import { argumentsFor, examine, start, stub, TOKEN } from "./examine-doctor.ts";

describe("doctor, when Intercom responds", () => {
  it("finds all well with the right token: exit code 0", async () => {
    const simulator = await start();
    const { exitCode, text, findings, find } = await examine(await argumentsFor(simulator));
    expect(findings.filter(({ status }) => status !== "ok")).toEqual([]);
    expect(exitCode).toBe(0);
    expect(text).toMatch(/\nAll checks passed\.\n$/);
    expect(find("connection")?.details).toMatchObject({
      connectSeconds: expect.any(Number),
      firstByteSeconds: expect.any(Number),
    });
    expect(find("region")?.details).toEqual({ configuredRegion: "us", tokenRegion: "us" });
    expect(find("permissions")?.details?.readable).toContain("conversations");
    expect(find("rate_limit")?.details).toMatchObject({ limit: 1667, remaining: expect.any(Number) });
  });

  it("names a wrong token, its request id, and that no valid credential arrived: exit code 1", async () => {
    const simulator = await start();
    const args = await argumentsFor(simulator, { eu: await start(), au: await start() });
    const { exitCode, text, find } = await examine(args, {
      INTERCOM_ACCESS_TOKEN: "dG9rOndyb25nOnNlY3JldA==",
    });
    expect(exitCode).toBe(1);
    expect(find("token")).toMatchObject({
      status: "failed",
      code: "unauthorized",
      requestId: expect.any(String),
    });
    expect(find("token")?.cause).toContain("no rate-limit headers");
    expect(find("region")?.summary).toBe("not the reason: every region refuses the token");
    expect(find("permissions")?.status).toBe("warning");
    expect(text).toContain("request id for Intercom's support: ");
  });

  it("finds the region of a token that another region knows: exit code 1", async () => {
    const eu = await start({ apps: [{ name: "app", token: TOKEN, region: "eu" }] });
    const us = await start({ apps: [{ name: "other", token: "another" }] });
    const { exitCode, find } = await examine(await argumentsFor(us, { eu }));
    expect(exitCode).toBe(1);
    expect(find("region")).toMatchObject({
      status: "failed",
      summary: "the token belongs to EU, not to US",
      action: "Set the base URL to https://api.eu.intercom.io.",
    });
    expect(find("token")?.action).toContain("Keep the token");
  });

  it("never sends the token to the regional hosts when a base URL of the user's refuses it", async () => {
    const us = await start();
    const custom = await start({ apps: [{ name: "other", token: "another" }] });
    const args = [...(await argumentsFor(us)), "--base-url", custom.url];
    const { exitCode, find } = await examine(args);
    expect(exitCode).toBe(1);
    expect(find("region")).toMatchObject({
      status: "warning",
      summary: expect.stringContaining("not one of Intercom's"),
    });
    expect(us.ledger.entries()).toEqual([]);
  });

  it("names what a missing scope forbids: exit code 1, unless the service does not need it", async () => {
    const simulator = await start({
      apps: [{ name: "app", token: TOKEN, missingScopes: ["read_conversations"] }],
    });
    const args = await argumentsFor(simulator);
    const all = await examine(args);
    expect(all.exitCode).toBe(1);
    expect(all.find("token")?.status).toBe("ok");
    expect(all.find("permissions")).toMatchObject({
      status: "failed",
      code: "forbidden",
      summary: "the token may not read conversations: 403 forbidden",
      action: expect.stringContaining("Add the OAuth scope"),
    });
    const some = await examine([...args, "--needs", "contacts,companies"]);
    expect(some.exitCode).toBe(0);
    expect(some.find("permissions")?.status).toBe("warning");
  });

  it("calls a 401 token_unauthorized a matter of permission, not of a bad token", async () => {
    const rules = [
      {
        match: { path: "/me" },
        action: { kind: "error_list", status: 401, code: "token_unauthorized" } as const,
      },
    ];
    const simulator = await start({ script: { rules } });
    const { exitCode, find } = await examine(await argumentsFor(simulator));
    expect(exitCode).toBe(1);
    expect(find("token")).toMatchObject({
      code: "token_unauthorized",
      cause: expect.stringContaining("The token is real"),
    });
    expect(find("region")?.summary).toContain("US is the region");
  });

  it("tells a plan restriction from a missing scope: exit code 1", async () => {
    const simulator = await start({
      apps: [{ name: "app", token: TOKEN, planRestricted: ["/ticket_types"] }],
    });
    const { exitCode, find } = await examine(await argumentsFor(simulator));
    expect(exitCode).toBe(1);
    expect(find("permissions")).toMatchObject({
      code: "api_plan_restricted",
      summary: "the token may not read ticket_types: 403 api_plan_restricted",
      action: expect.stringContaining("not a scope problem"),
    });
  });

  it("sees an exhausted window, asks nothing more, and does not blame the token: exit code 1", async () => {
    const simulator = await start({
      apps: [{ name: "app", token: TOKEN, limitPerWindow: 1 }],
      windowSeconds: 86_400,
    });
    await fetch(`${simulator.url}/me`, { headers: { authorization: `Bearer ${TOKEN}` } });
    const { exitCode, find } = await examine(await argumentsFor(simulator));
    expect(exitCode).toBe(1);
    expect(find("rate_limit")).toMatchObject({
      status: "failed",
      code: "rate_limit_exceeded",
      action: expect.stringContaining("X-RateLimit-Reset"),
      details: { limit: 1, remaining: 0 },
    });
    expect(find("token")?.status).toBe("warning");
    expect(simulator.ledger.entries()).toHaveLength(3);
  });

  it("leaves the last requests of a window to the service", async () => {
    const simulator = await start({
      apps: [{ name: "app", token: TOKEN, limitPerWindow: 8 }],
      windowSeconds: 86_400,
    });
    const { exitCode, find } = await examine(await argumentsFor(simulator));
    expect(exitCode).toBe(0);
    expect(find("permissions")?.summary).toBe("not checked: too little is left of the rate limit");
    expect(simulator.ledger.entries()).toHaveLength(2);
  });

  it.each([
    [90, "behind"],
    [-90, "ahead of"],
  ])("measures a server clock that is %i s off: exit code 1", async (clockSkewSeconds, direction) => {
    const simulator = await start({ clockSkewSeconds });
    const { exitCode, find } = await examine(await argumentsFor(simulator));
    expect(exitCode).toBe(1);
    expect(find("clock")).toMatchObject({
      status: "failed",
      summary: expect.stringContaining(`s ${direction} Intercom's`),
    });
    expect(Math.abs(Number(find("clock")?.details?.clockSkewSeconds) + clockSkewSeconds)).toBeLessThan(2);
    expect(find("rate_limit")?.details?.resetInSeconds).toBeLessThanOrEqual(11);
  });

  it("names a gateway's HTML 502 as such and repeats none of it: exit code 1", async () => {
    const simulator = await start({
      script: { rules: [{ match: { path: "/me" }, action: { kind: "html", status: 502 } }] },
    });
    const { exitCode, text, find } = await examine(await argumentsFor(simulator));
    expect(exitCode).toBe(1);
    expect(find("connection")).toMatchObject({
      status: "failed",
      code: "bad_gateway",
      summary: expect.stringContaining("502 bad_gateway"),
    });
    expect(find("token")?.status).toBe("warning");
    expect(text).not.toContain("<");
  });

  it("refuses an unknown version in the words of the catalog: exit code 1", async () => {
    const rules = [
      {
        match: { path: "/me" },
        action: { kind: "error_list", status: 400, code: "intercom_version_invalid" } as const,
      },
    ];
    const simulator = await start({ script: { rules } });
    const { exitCode, find } = await examine([...(await argumentsFor(simulator)), "--api-version", "9.99"]);
    expect(exitCode).toBe(1);
    expect(find("api_version")).toMatchObject({
      status: "failed",
      code: "intercom_version_invalid",
      summary: expect.stringContaining("9.99"),
    });
    expect(find("connection")?.status).toBe("ok");
  });

  it("is not deceived by a page that responds with 200 in Intercom's place: exit code 1", async () => {
    const simulator = await start();
    const portal = await stub((_, response) => response.end("<html>Please log in</html>"));
    const { exitCode, find } = await examine([...(await argumentsFor(simulator)), "--base-url", portal.url]);
    expect(exitCode).toBe(1);
    expect(find("connection")?.summary).toContain("not as Intercom's API does");
    expect(find("token")?.status).toBe("warning");
  });

  it("prints nothing that an error message says, since it may name people", async () => {
    const message = "contact jane.doe@example.com already exists \u001b[31m";
    const rules = [
      {
        match: { path: "/me" },
        action: { kind: "error_list", status: 404, code: "not_found", message } as const,
      },
    ];
    const simulator = await start({ script: { rules } });
    const { text, find } = await examine(await argumentsFor(simulator));
    expect(find("connection")).toMatchObject({ status: "failed", code: "not_found" });
    for (const part of ["jane", "example.com", "\u001b"]) expect(text).not.toContain(part);
  });
});
