import { readFileSync } from "node:fs";
import { startSimulator } from "@intercom-telemetry/simulator";
import { expect, test } from "vitest";

test("the README names every kind of fault", async () => {
  const script = { rules: [{ action: { kind: "nothing" } }] } as never;
  const error = await startSimulator({ script }).catch((reason: unknown) => reason);
  const kinds = /expected one of (.*), got/.exec(String(error))?.[1]?.split(", ") ?? [];
  expect(kinds.length).toBeGreaterThan(25);
  const readme = readFileSync("packages/simulator/README.md", "utf8");
  expect(kinds.filter((kind) => !readme.includes(`\`${kind}\``))).toEqual([]);
});
