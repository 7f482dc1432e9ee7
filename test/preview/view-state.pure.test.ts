import { expect, test } from "vitest";
import { formatViewState, parseViewState } from "../../packages/preview/page/location/view-state.ts";

test("an address says what Grafana's says, and is read back as it was written", () => {
  const state = {
    uid: "intercom-client-slo",
    from: "now-6h",
    to: "now",
    refresh: "",
    theme: "dark" as const,
    viewPanel: 5,
    variables: { client: ["sync", "a&b=c"], url_template: ["/contacts/{id}"] },
  };
  const address = formatViewState(state);
  expect(address).toContain(
    "/d/intercom-client-slo?from=now-6h&to=now&refresh=&theme=dark&viewPanel=5&var-client=",
  );
  const { pathname, search } = new URL(address, "http://127.0.0.1");
  expect(parseViewState({ pathname, search })).toEqual(state);
});

test("an address that says nothing, or nonsense, leaves the dashboard's own settings", () => {
  expect(parseViewState({ pathname: "/", search: "?theme=pink&viewPanel=x" })).toEqual({
    uid: undefined,
    from: undefined,
    to: undefined,
    refresh: undefined,
    theme: undefined,
    viewPanel: undefined,
    variables: {},
  });
});
