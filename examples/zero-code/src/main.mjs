import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startSimulator } from "@intercom-telemetry/simulator";

// Stands in for Intercom; your service needs no INTERCOM_URL and no INTERCOM_TELEMETRY_HOSTS.
const simulator = await startSimulator();
const created = await fetch(`${simulator.url}/contacts`, {
  method: "POST",
  headers: { Authorization: "Bearer demo-token", "Content-Type": "application/json" },
  body: JSON.stringify({ email: "ann@example.com" }),
});
const { id } = await created.json();
const PAGE_PORT = process.env.INTERCOM_TELEMETRY_PORT ?? "9464";

const env = {
  OTEL_SERVICE_NAME: "zero-code",
  OTEL_TRACES_EXPORTER: "console",
  OTEL_METRICS_EXPORTER: "none",
  OTEL_LOGS_EXPORTER: "none",
  INTERCOM_TELEMETRY_METRICS: "prometheus",
  ...process.env,
  INTERCOM_TELEMETRY_CLIENT: "customers",
  INTERCOM_TELEMETRY_HOSTS: simulator.url,
  INTERCOM_TELEMETRY_PORT: PAGE_PORT,
  INTERCOM_URL: simulator.url,
  INTERCOM_ACCESS_TOKEN: "demo-token",
};

/** Starts a service, asks it for two customers, and stops it. */
async function visit(flag, file) {
  const args = [flag, "./opentelemetry.cjs", flag, "@intercom-telemetry/register", file];
  console.log(`node ${args.join(" ")}`);
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const service = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  const exported = text(service.stdout);
  const [url] = await once(createInterface(service.stdout), "line");
  for (const customer of [id, "404"]) {
    console.log(`  a customer: ${(await fetch(`${url}/${customer}`)).status}`);
  }
  if (env.INTERCOM_TELEMETRY_METRICS === "prometheus") await printPage();
  service.kill("SIGTERM");
  await once(service, "close");
  printExported(await exported);
}

/** The page opens beside the service, which does not wait for it. */
async function readPage(patience = 100) {
  try {
    return await (await fetch(`http://127.0.0.1:${PAGE_PORT}/metrics`)).text();
  } catch (error) {
    if (patience === 0) throw error;
    await setTimeout(50);
    return readPage(patience - 1);
  }
}

async function printPage() {
  for (const line of (await readPage()).split("\n")) {
    if (/^intercom_client_requests_total.* [1-9]/.test(line)) console.log(`  ${line}`);
  }
}

/** What OpenTelemetry's console exporters have printed. */
function printExported(output) {
  for (const [, name] of output.matchAll(/name: '([A-Z]+ \/.*)'/g)) console.log(`  span ${name}`);
  for (const [, name] of output.matchAll(/name: '(intercom_client_requests_total)'/g))
    console.log(`  metric ${name}`);
}

await visit("--import", "./service.mjs");
await visit("--require", "./service.cjs");
await simulator.close();
