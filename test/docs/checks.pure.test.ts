import { expect, it } from "vitest";
import { checkShell } from "./check-shell.ts";
import { missingLine } from "./printed.ts";

it("a shell block that calls what does not exist is refused", () => {
  expect(checkShell("npx intercom-telemetry dashboards wirte out", [])).toEqual([
    "intercom-telemetry dashboards has no command wirte",
  ]);
  expect(checkShell("npx -p @intercom-telemetry/cil intercom-telemetry doctor", [])).toEqual([
    "no package @intercom-telemetry/cil",
  ]);
  expect(checkShell("intercom-telemetry doctor --regoin eu", [])).toEqual([
    "intercom-telemetry doctor has no option --regoin",
  ]);
  expect(checkShell("npm run demo && npm run nothing # npm run else", ["demo"])).toEqual([
    "no script nothing",
  ]);
  expect(checkShell("npm install --save-dev axios left-pad", [])).toEqual(["no package left-pad"]);
  expect(checkShell("apt install prometheus", [])).toEqual(["no program apt"]);
});

it("a shell block that calls what exists is accepted", () => {
  const text = "export A=1\nA=2 npx intercom-telemetry doctor \\\n  --region eu | grep ok\nnpm start\n";
  expect(checkShell(text, ["start"])).toEqual([]);
});

it("what was printed is compared line by line, in order, with `...` for anything", () => {
  const printed = "a 1\nb at http://127.0.0.1:41234/metrics\nc\n";
  expect(missingLine("a ...\n...\nc\n", printed)).toBeUndefined();
  expect(missingLine("b at http://127.0.0.1:9464/metrics\n", printed)).toBeUndefined();
  expect(missingLine("c\na 1\n", printed)).toBe("a 1");
  expect(missingLine("a\n", printed)).toBe("a");
});
