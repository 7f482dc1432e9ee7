import { instrumentIntercom } from "@intercom-telemetry/axios";
import { intercomRetry } from "@intercom-telemetry/axios/retry";
import axios from "axios";
import axiosRetry from "axios-retry";
import { register } from "prom-client";
import { scrollCompanies } from "./scroll-companies.ts";
import { startRehearsal } from "./start-simulator.ts";

const WINDOW_SECONDS = 1;
const SCROLL_LIFE_SECONDS = 2;

// Stands in for Intercom, whose windows have ten seconds and whose scrolls end after sixty.
const simulator = await startRehearsal({
  companies: 950,
  limitPerWindow: 8,
  windowSeconds: WINDOW_SECONDS,
  scrollLifeSeconds: SCROLL_LIFE_SECONDS,
});

const intercom = axios.create({
  baseURL: simulator.url,
  headers: { Authorization: "Bearer demo-token", "Intercom-Version": "2.14" },
  timeout: 25_000,
});
axiosRetry(intercom, intercomRetry({ hosts: [simulator.url], windowSeconds: WINDOW_SECONDS }));
instrumentIntercom(intercom, { client: "backfill", hosts: [simulator.url], registry: register });

let companies = 0;
const pages = scrollCompanies(intercom, {
  quotaShare: 0.5,
  mostRestarts: 5,
  busySeconds: SCROLL_LIFE_SECONDS + 0.5,
  log: (line) => console.log(line),
});
for await (const company of pages) companies += company.company_id.startsWith("company-") ? 1 : 0;
console.log(`${companies} companies, each of them once`);

const lines = (await register.metrics()).split("\n");
console.log(lines.filter((line) => /^intercom_client_requests_total.* [1-9]/.test(line)).join("\n"));
await simulator.close();
