/** A job that cron starts: it ends long before a scrape comes, so it pushes its registry to a Pushgateway. */
import { hostname } from "node:os";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios from "axios";
import { Pushgateway, register } from "prom-client";

const { INTERCOM_URL = "https://api.intercom.io", INTERCOM_ACCESS_TOKEN, PUSHGATEWAY_URL = "" } = process.env;

const intercom = axios.create({
  baseURL: INTERCOM_URL,
  headers: { Authorization: `Bearer ${INTERCOM_ACCESS_TOKEN}` },
  timeout: 30_000,
});
const { flush } = instrumentIntercom(intercom, {
  client: "nightly",
  registry: register,
  hosts: [INTERCOM_URL],
});

// A gateway that does not respond must not keep the job: prom-client has no timeout itself.
const gateway = new Pushgateway(PUSHGATEWAY_URL, { timeout: 5000 }, register);

// The group of the last run is replaced, so that the gateway keeps one for each host.
const push = (): Promise<unknown> =>
  gateway.push({ jobName: "nightly", groupings: { instance: hostname() } });

const ignoreFailure = (): void => {};

try {
  await intercom.get("/admins");
  await intercom.get("/contacts/that-is-gone").catch(ignoreFailure);
  for (let page = 1; page <= 3; page += 1) await intercom.get("/conversations", { params: { page } });
} finally {
  await flush();
  await push().catch((error: Error) => console.error(`The numbers of this run are lost: ${error.message}`));
}
