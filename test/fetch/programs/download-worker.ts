/** `download-worker.ts <url> bare|recorded <status>`: streams a download and prints the most memory that it took, in MB. */
import { intercomFetch } from "@intercom-telemetry/fetch";
import { Registry } from "prom-client";

const [url = "", kind] = process.argv.slice(2);
const fetch =
  kind === "recorded" ? intercomFetch({ hosts: [url], registry: new Registry() }) : globalThis.fetch;

const response = await fetch(`${url}/me`, { headers: { authorization: "Bearer demo-token" } });
let bytes = 0;
for await (const chunk of response.body ?? []) bytes += chunk.byteLength;
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ status: response.status, bytes, megabytes }));
