import { describe, expect, it } from "vitest";
import { findClosedPort } from "../exporter/stubs.ts";
import { LOCALHOST_TLS } from "../exporter/tls-fixture.ts";
import { argumentsFor, examine, start } from "./examine-doctor.ts";

describe("doctor, when nothing responds", () => {
  it("names a dead name: exit code 1", async () => {
    const simulator = await start();
    // A label of more than 63 characters is refused by every resolver without asking a server.
    const url = `http://${"a".repeat(64)}.invalid`;
    const { exitCode, text, find } = await examine([...(await argumentsFor(simulator)), "--base-url", url]);
    expect(exitCode).toBe(1);
    expect(find("connection")).toMatchObject({
      status: "failed",
      code: "dns",
      action: expect.stringContaining("host name"),
    });
    expect(text).toContain("could not be checked");
  });

  it("names a refused port: exit code 1", async () => {
    const simulator = await start();
    const url = `http://127.0.0.1:${await findClosedPort()}`;
    const { exitCode, find } = await examine([...(await argumentsFor(simulator)), "--base-url", url]);
    expect(exitCode).toBe(1);
    expect(find("connection")).toMatchObject({ status: "failed", code: "connection_refused" });
    expect(find("clock")?.status).toBe("warning");
  });

  it("names a certificate that is not trusted: exit code 1", async () => {
    const simulator = await start();
    const secure = await start({ tls: LOCALHOST_TLS });
    const { exitCode, find } = await examine([...(await argumentsFor(simulator)), "--base-url", secure.url]);
    expect(exitCode).toBe(1);
    expect(find("connection")).toMatchObject({
      status: "failed",
      code: "tls",
      action: expect.stringContaining("CA bundle"),
    });
    expect(secure.ledger.entries()).toEqual([]);
  });

  it("names a port that does not speak TLS", async () => {
    const simulator = await start();
    const url = simulator.url.replace("http:", "https:");
    const { exitCode, find } = await examine([...(await argumentsFor(simulator)), "--base-url", url]);
    expect(exitCode).toBe(1);
    expect(find("connection")?.code).toBe("tls");
  });

  it.each(["hang", "reset", "cut_body"] as const)(
    "names a response that is lost by %s: exit code 1",
    async (kind) => {
      const codes = { hang: "timeout", reset: "connection_reset", cut_body: "response_incomplete" };
      const simulator = await start({ script: { rules: [{ match: { path: "/me" }, action: { kind } }] } });
      const { exitCode, find } = await examine([...(await argumentsFor(simulator)), "--timeout", "1"]);
      expect(exitCode).toBe(1);
      expect(find("connection")).toMatchObject({ status: "failed", code: codes[kind] });
    },
  );
});
