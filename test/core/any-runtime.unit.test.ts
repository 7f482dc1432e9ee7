import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../packages/core/src/index.ts", import.meta.url));

/** Core's root as one script. An import that cannot be bundled fails the build. */
async function bundleRoot(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [ROOT],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "core",
    platform: "neutral",
    target: "es2022",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

it("core's root runs where there are web standards only: no Node, no peer", async () => {
  const script = await bundleRoot();
  expect(script).not.toMatch(/node:|require\(|@opentelemetry|prom-client/);
  const context = { URL, TextDecoder, performance, result: undefined as unknown };
  runInNewContext(
    `${script}
    const target = core.createTargetReader(core.DEFAULT_API_HOSTS)("https://api.intercom.io/contacts/1");
    const operation = core.findOperation("get", target);
    const body = new TextDecoder().decode(new Uint8Array([123, 125]));
    result = { ...core.classify({ status: 404, body }, operation).error, template: operation.template };
    core.explainEnding({ failureCode: "ECONNREFUSED" }, operation);`,
    context,
  );
  expect(context.result).toMatchObject({ code: "not_found", template: "/contacts/{id}" });
});
