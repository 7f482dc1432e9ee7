import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios from "axios";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { readRequests } from "../support/series.ts";

describe("the message of a refused option", () => {
  it.each([
    ["https://user:secret@proxy?x", "a string of 27 characters"],
    ["jane@customer.example", "a string of 21 characters"],
    ["353871234567", "a string of 12 characters"],
    ["ht:tp:x", "a string of 7 characters"],
  ])("quotes %s only when it can hold no credentials", (host, shown) => {
    const hosts = [host];
    expect(() => instrumentIntercom(axios.create(), { hosts })).toThrow(
      new TypeError(`hosts[0]: expected "host", "host:port" or a URL without query, got ${shown}`),
    );
  });

  it("does not repeat a token that was given as the name of the client", () => {
    const client = `${"dG9rOjNmNWI5ZTdh".repeat(8)}=`;
    expect(() => instrumentIntercom(axios.create(), { client })).toThrow(
      /^client: expected .*, got a string of 129 characters$/,
    );
  });
});

it.each([0.5, 20, 1000, -200, Number.POSITIVE_INFINITY])(
  "an adapter that responds with status %d has not responded in HTTP",
  async (status) => {
    const registry = new Registry();
    const api = axios.create({
      baseURL: "https://api.intercom.io",
      adapter: async (config) => ({ status, statusText: "", headers: {}, data: "{}", config }),
    });
    instrumentIntercom(api, { registry });
    expect((await api.get("/me")).status).toBe(status);
    expect(await readRequests(registry)).toEqual({ "GET /me network_error true": 1 });
  },
);
