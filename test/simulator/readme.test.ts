import { readFileSync } from "node:fs";
import { startSimulator } from "@intercom-telemetry/simulator";
import { expect, test } from "vitest";
import { ask, start } from "./support.ts";

const readme = readFileSync("packages/simulator/README.md", "utf8");

test("the README names every kind of fault", async () => {
  const script = { rules: [{ action: { kind: "nothing" } }] } as never;
  const error = await startSimulator({ script }).catch((reason: unknown) => reason);
  const kinds = /expected one of (.*), got/.exec(String(error))?.[1]?.split(", ") ?? [];
  expect(kinds.length).toBeGreaterThan(25);
  expect(kinds.filter((kind) => !readme.includes(`\`${kind}\``))).toEqual([]);
});

test("the README names the control operations that exist", async () => {
  const simulator = await start();
  const { body } = await ask(simulator, "/__simulator/none");
  const known = /one of (.*)/.exec(String(body?.error))?.[1]?.split(", ") ?? [];
  expect(known.length).toBeGreaterThan(0);
  for (const name of known) expect(readme).toContain(`${name.split(" ")[1]}\``);
});
