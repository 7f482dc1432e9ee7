import { isOneShotBody } from "@intercom-telemetry/core";
import { describe, expect, it, vi } from "vitest";

const tagged = (tag: string, more: object = {}) => ({ [Symbol.toStringTag]: tag, ...more });
const form = (...entries: readonly unknown[]) =>
  tagged("FormData", { [Symbol.iterator]: () => entries[Symbol.iterator]() });

describe("a body is used up once it was sent", () => {
  it.each<[string, unknown]>([
    ["a function with a pipe", Object.assign(() => {}, { pipe() {} })],
    ["a reader of a web stream", { getReader() {} }],
    ["an iterator", { next() {} }],
    ["an async iterable", { async *[Symbol.asyncIterator]() {} }],
    ["another library's blob", tagged("Blob")],
    ["another library's file", tagged("File")],
    ["a form that cannot be looked through", tagged("FormData")],
    ["a form whose entries are no pairs", form("name")],
    ["a form with another library's file", form(["name", "a"], ["file", tagged("File")])],
    ["a form of more fields than are looked at", form(...Array.from({ length: 1001 }, () => ["name", "a"]))],
  ])("as %s", (_what, body) => {
    expect(isOneShotBody(body)).toBe(true);
  });

  it("as a form with a blob, where the runtime has none", () => {
    const blob = form(["file", new Blob(["a"])]);
    vi.stubGlobal("Blob", undefined);
    expect(isOneShotBody(blob)).toBe(true);
    expect(isOneShotBody(form(["name", "a"]))).toBe(false);
    vi.unstubAllGlobals();
  });
});

describe("a body can be sent again", () => {
  it.each<[string, unknown]>([
    ["nothing", null],
    ["a string", "{}"],
    ["bytes, whatever they can do", Object.assign(new Uint8Array(1), { pipe() {} })],
    ["an object whose fields have such names", { pipe: "a", getReader: 1, next: true }],
    ["an object with an iterator that is not async", { [Symbol.iterator]: () => [][Symbol.iterator]() }],
    ["a blob", new Blob(["a"])],
    ["a file", new File(["a"], "a.txt")],
    ["an empty form", form()],
    ["a form of as many fields as are looked at", form(...Array.from({ length: 1000 }, () => ["name", "a"]))],
    [
      "a form that is also an async iterable",
      tagged("FormData", {
        [Symbol.iterator]: () => [][Symbol.iterator](),
        async *[Symbol.asyncIterator]() {},
      }),
    ],
  ])("as %s", (_what, body) => {
    expect(isOneShotBody(body)).toBe(false);
  });
});
