import { expect, test } from "vitest";
import { settleChoice } from "../../packages/preview/page/controls/choose-values.ts";
import { formatVariable, interpolate } from "../../packages/preview/page/query/interpolate.ts";
import { fillLabels, nameSeries } from "../../packages/preview/page/query/legend.ts";

const client = { name: "client", type: "query", multi: true, includeAll: true, allValue: ".+" };

test("all values of a variable become its own expression, as `$__all` and as Grafana's `All`", () => {
  expect(formatVariable(client, ["$__all"])).toBe(".+");
  expect(formatVariable(client, ["All"])).toBe(".+");
});

test("one value stands alone and several stand as a choice", () => {
  expect(formatVariable(client, ["sync"])).toBe("sync");
  expect(formatVariable(client, ["sync", "support"])).toBe("(sync|support)");
});

test("a path is matched by its own text, inside a PromQL string", () => {
  expect(formatVariable(client, ["/contacts/{id}"])).toBe(String.raw`/contacts/\\{id\\}`);
  expect(formatVariable(client, ['a"b\\c'])).toBe(String.raw`a\"b\\\\c`);
});

test("known names are replaced in each of Grafana's spellings, unknown ones are left", () => {
  const replacements = { job: "api", __rate_interval: "60s" };
  expect(interpolate('x{job=~"$job"}[$__rate_interval]', replacements)).toBe('x{job=~"api"}[60s]');
  expect(interpolate(`\${job} \${job:regex} $jobs \${1}xx`, replacements)).toBe(`api api $jobs \${1}xx`);
});

test("a replacement is taken as it is, also when it looks like a name", () => {
  expect(interpolate("$a", { a: "$b $& $1", b: "wrong" })).toBe("$b $& $1");
});

test("a legend is filled from labels, and a series without one is named as Prometheus writes it", () => {
  expect(fillLabels("{{client}} {{ job }} {{none}}", { client: "sync", job: "api" })).toBe("sync api");
  expect(nameSeries("{{none}}", { __name__: "up", job: "api" })).toBe('up{job="api"}');
  expect(nameSeries(undefined, {})).toBe("{}");
});

test("choosing all drops the single values, choosing a value drops all, choosing nothing means all", () => {
  expect(settleChoice(["sync"], ["sync", "$__all"])).toEqual(["$__all"]);
  expect(settleChoice(["$__all"], ["$__all", "sync"])).toEqual(["sync"]);
  expect(settleChoice(["sync"], [])).toEqual(["$__all"]);
});
