import fc from "fast-check";
import { Gauge, Registry } from "prom-client";
import { expect, it } from "vitest";
import { parsePage } from "../../../packages/cli/src/doctor/process/page/parse-page.ts";

const NAME = "intercom_client_info";

it("every value of a label that prom-client writes is read back", async () => {
  const values = fc.uniqueArray(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(values, async (clients) => {
      const registry = new Registry();
      const gauge = new Gauge({ name: NAME, help: "h", labelNames: ["client"], registers: [registry] });
      for (const client of clients) gauge.set({ client }, 1);
      const series = parsePage(await registry.metrics());
      expect(series?.map(({ labels }) => labels.client).sort()).toEqual([...clients].sort());
    }),
  );
});

it("whatever a page holds, reading it ends without an error", () => {
  const line = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constantFrom(NAME, "{", '="', "\\", "}", " 1"),
  );
  fc.assert(
    fc.property(fc.array(line), (parts) => {
      parsePage(parts.join(""));
      parsePage(`${NAME}{${parts.join("")}`);
    }),
  );
});

it("time stamps, exemplars, infinities and names of nobody's are understood", () => {
  const page = [
    "# TYPE intercom_client_requests counter",
    'intercom_client_requests_total{client="a",} 3 1700000000000 # {trace_id="4bf9"} 1 2',
    'intercom_client_request_duration_seconds_bucket{le="+Inf"} +Inf',
    "intercom_client_in_flight_requests NaN",
    '{"odd.name",a="b"} 1',
    "# EOF",
    "",
  ].join("\r\n");
  expect(parsePage(page)).toEqual([
    { name: "intercom_client_requests_total", labels: { client: "a" }, value: 3 },
    { name: "intercom_client_request_duration_seconds_bucket", labels: { le: "+Inf" }, value: Infinity },
    { name: "intercom_client_in_flight_requests", labels: {}, value: Number.NaN },
  ]);
});

it.each([
  ["HTML", "<!doctype html>\n<p>Hello</p>"],
  ["JSON", '{"status":"success"}'],
  ["a sentence", "Not found"],
  ["a broken line of ours", 'up 1\nintercom_client_info{client="a} 1'],
])("%s is not a page of metrics", (_, text) => {
  expect(parsePage(text)).toBeUndefined();
});
