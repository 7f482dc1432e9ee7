import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios, { AxiosError } from "axios";
import { register } from "prom-client";

/** Asks Intercom twice, once for what is not there, and returns what a scrape would read. */
export async function callIntercom(baseURL) {
  const intercom = axios.create({ baseURL, headers: { Authorization: "Bearer demo-token" } });
  instrumentIntercom(intercom, { hosts: [baseURL], registry: register, client: "bundled" });
  await intercom.get("/me");
  await intercom.get("/contacts/none").catch((error) => {
    if (!(error instanceof AxiosError)) throw error;
  });
  return register.metrics();
}
