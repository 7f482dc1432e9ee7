import { describe, expect, it } from "vitest";
import { checkHosts } from "../../packages/core/src/classify/check-hosts.ts";
import { readApiVersion, readRequestId } from "../../packages/core/src/classify/header-values.ts";
import { DEFAULT_API_HOSTS } from "../../packages/core/src/classify/hosts.ts";

describe("a version of the API", () => {
  it.each(["1.0", "2.17", "12.345", "Preview", "Unstable"])("is %s", (version) => {
    for (let time = 0; time < 2; time += 1) expect(readApiVersion(version)).toBe(version);
  });

  it.each(["", "2", "2.", "123.0", "2.1234", "a2.1", "2.1b", "preview", "Previews", "v2.1", 2.1, undefined])(
    "is not %j",
    (version) => {
      for (let time = 0; time < 2; time += 1) expect(readApiVersion(version)).toBeUndefined();
    },
  );
});

it("a request id has one of two shapes", () => {
  const good = ["0123456789abcdefghij", "00000000-0000-4000-8000-00000000abcd"];
  expect(good.map(readRequestId)).toEqual(good);
  const bad = [`${good[0]}a`, "0123456789ABCDEFGHIJ", `a${good[1]}`, `${good[1]}a`, 1, undefined, [good[0]]];
  expect(bad.map(readRequestId)).toEqual(bad.map(() => undefined));
});

describe("the option hosts", () => {
  it("adds places to Intercom's", () => {
    const [further, ...others] = checkHosts(["proxy:8080"]);
    expect(further).toMatchObject({ hostname: "proxy", port: 8080 });
    expect(others).toEqual(DEFAULT_API_HOSTS);
  });

  it("is refused by name, with what was expected", () => {
    expect(() => checkHosts("proxy")).toThrow("hosts: expected an array of host names, got ");
    for (const entry of [1, "", { length: 1 }]) {
      expect(() => checkHosts(["proxy", entry])).toThrow(
        'hosts[1]: expected "host", "host:port" or a URL without query, got ',
      );
    }
  });
});
