import { expect, test } from "vitest";
import { call, start } from "./support.ts";

/** What differs from request to request, and what the client decides: this one closes the connection after HEAD. */
const OWN = ["date", "x-request-id", "x-ratelimit-remaining", "connection", "keep-alive"];

const comparable = (headers: Headers) => [...headers].filter(([name]) => !OWN.includes(name));

test.each([
  ["/me", {}, 200],
  ["/tickets/7", {}, 200],
  ["/contacts/7", {}, 404],
  ["/nothing", {}, 404],
  ["/me", { token: null }, 401],
  ["/me", { headers: { "intercom-version": "9.9" } }, 400],
] as const)(
  "HEAD %s has the status and headers of GET and no body: %o, %i",
  async (path, options, status) => {
    const simulator = await start();
    const get = await call(simulator, path, options);
    const head = await call(simulator, path, { ...options, method: "HEAD" });
    expect([get.status, head.status]).toEqual([status, status]);
    expect(comparable(head.headers)).toEqual(comparable(get.headers));
    expect(await head.text()).toBe("");
    expect(Number(head.headers.get("content-length"))).toBe((await get.text()).length);
  },
);

test("HEAD is in the ledger under the operation of GET, and uses up the quota", async () => {
  const simulator = await start();
  await call(simulator, "/contacts/7/tags", { method: "HEAD" });
  expect(simulator.ledger.entries()).toMatchObject([
    { method: "HEAD", urlTemplate: "/contacts/{id}/tags", status: 404, bytesSent: 0, remaining: 1666 },
  ]);
});

test("what the ledger expects of HEAD is what the status says, since the code is in the body", async () => {
  const simulator = await start({
    script: {
      rules: [
        {
          sequence: [
            { kind: "error_list", status: 404, code: "company_not_found" },
            { kind: "error_list", status: 200, code: "not_found" },
          ],
        },
      ],
    },
  });
  for (let index = 0; index < 2; index++) await call(simulator, "/me", { method: "HEAD" });
  const [failed, succeeded] = simulator.ledger.entries();
  expect(failed).toMatchObject({ status: 404, errorCode: "not_found", retryable: false });
  expect(succeeded).toMatchObject({ status: 200 });
  expect(succeeded).not.toHaveProperty("errorCode");
});
