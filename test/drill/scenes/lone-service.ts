/** A small service that can be killed: `lone-service.ts <url> <token> <client> <port>`. */
import { instrumentIntercom } from "@intercom-telemetry/axios";
import { serveMetrics } from "@intercom-telemetry/exporter";
import axios from "axios";
import { register } from "prom-client";

const [url = "", token = "", client = "", port = ""] = process.argv.slice(2);
const intercom = axios.create({ baseURL: url, headers: { Authorization: `Bearer ${token}` } });
instrumentIntercom(intercom, { client, hosts: [url], registry: register });
const metrics = await serveMetrics({ registry: register, port: Number(port) });
console.error(`metrics at ${metrics.url}`);

setInterval(() => void intercom.get("/me").catch(() => {}), 500);
