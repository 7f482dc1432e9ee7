import fc from "fast-check";
import { SECRETS } from "../secrets.ts";
import { scalar, text } from "./text.ts";

const { token, email } = SECRETS;

/** Files that are hard on those who read YAML. */
const HARD_FILES: readonly string[] = [
  "",
  "---\n",
  "\uFEFFclients: []",
  "\u0000",
  "{",
  "a: b: c",
  "\t- x",
  `clients: &a [${"*a, ".repeat(20)}]`,
  ["a: &a [x, x]", ...Array.from({ length: 9 }, (_, i) => `b${i}: &b${i} [*a, *a, *a]`)].join("\n"),
  "a: &a {b: *a}",
  "<<: {clients: 1}",
  "clients: !!js/function 'x'",
  `serve: {clients: [{tokenEnv: ${token}}]}`,
  `serve: {clients: [{token: ${token}}]}`,
  `serve: {clients: [{baseUrl: "https://${email}:${token}@proxy"}]}`,
  `dashboards: {selector: ${token}, alerts: {${token}: 1}}`,
  `? ${token}\n: x`,
  `"${email}": 1`,
  "clients: [{tokenEnv: A}]\nclients: [{tokenEnv: B}]",
  "__proto__: {clients: []}",
  "1: 2\nnull: 3\n? [a]\n: b",
  `${"[".repeat(2000)}`,
  `a: ${"x".repeat(100_000)}`,
  "groups: [{name: a, rules: [{alert: A, labels: [1]}, {alert: B, annotations: x}, {alert: 7}, null]}]",
  "spec: {groups: [{rules: [{alert: A, labels: {severity: page}}]}]}",
];

const KEYS = {
  file: ["serve", "dashboards"],
  serve: ["intervalSeconds", "timeoutSeconds", "statusUrl", "clients", "metrics"],
  client: ["name", "region", "baseUrl", "tokenEnv", "tokenFile", "apiVersion", "token"],
  metrics: ["host", "port", "path", "tls", "basic", "bearer", "passwordHash", "tokenHash", "username"],
  dashboards: ["selector", "slo", "thresholds", "alerts", "kubernetes", "ruleLabels", "grafanaBaseUrl"],
  rules: ["groups", "rules", "alert", "labels", "annotations", "spec", "expr"],
};
const key = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...Object.values(KEYS).flat()) },
  { weight: 1, arbitrary: text },
);
const leaf = fc.oneof(scalar, fc.constantFrom("eu", "INTERCOM_TOKEN", "2.11", 30, "https://proxy/base"));

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    leaf,
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie("tree")), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
  ),
}));

/** JSON is YAML; a part of it mostly is not. */
const whole = tree.map((value) => JSON.stringify(value) ?? "");
const cut = fc.tuple(whole, fc.nat(100)).map(([file, end]) => file.slice(0, end));

/** As it would be below the key of a command. */
const section = fc
  .tuple(fc.constantFrom(...KEYS.file), tree)
  .map(([name, value]) => JSON.stringify({ [name]: value }));

/** The text of a configuration file. */
export const configFile: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: section },
  { weight: 3, arbitrary: whole },
  { weight: 2, arbitrary: cut },
  { weight: 1, arbitrary: fc.constantFrom(...HARD_FILES) },
  { weight: 1, arbitrary: text },
);
