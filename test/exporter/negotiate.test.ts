import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptsGzip, chooseFormat } from "../../packages/exporter/src/metrics/negotiate.ts";

describe("chooseFormat", () => {
  it.each<[string | undefined, string, string]>([
    [undefined, "text", "openmetrics"],
    ["", "text", "openmetrics"],
    ["*/*", "text", "openmetrics"],
    ["text/*", "text", "text"],
    ["text/plain", "text", "text"],
    ["Application/OpenMetrics-Text; version=1.0.0", "openmetrics", "openmetrics"],
    [
      "application/openmetrics-text;version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
      "text",
      "openmetrics",
    ],
    ["text/plain;q=0, */*", "openmetrics", "openmetrics"],
    ["application/openmetrics-text;q=0, */*;q=0.1", "text", "text"],
    ["application/json", "text", "openmetrics"],
    ["text/plain;q=nonsense", "text", "text"],
  ])(
    "for Accept %j: a text registry responds with %s, an OpenMetrics registry with %s",
    (accept, fromText, fromOpen) => {
      expect(chooseFormat("text", accept)).toBe(fromText);
      expect(chooseFormat("openmetrics", accept)).toBe(fromOpen);
    },
  );

  it("gives one of the two formats whatever the header says", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (accept) => {
        expect(["text", "openmetrics"]).toContain(chooseFormat("text", accept));
      }),
    );
  });
});

describe("acceptsGzip", () => {
  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ["", false],
    ["identity", false],
    ["gzip", true],
    ["GZIP", true],
    ["br, gzip;q=0.5", true],
    ["gzip;q=0", false],
    ["gzip;q=0.000, *", false],
    ["*", true],
    ["x-gzipped", false],
  ])("for Accept-Encoding %j is %s", (header, expected) => {
    expect(acceptsGzip(header)).toBe(expected);
  });
});
