import { Agent } from "node:http";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios, { type AxiosError, type AxiosInstance } from "axios";
import axiosRetry, { exponentialDelay, isNetworkOrIdempotentRequestError } from "axios-retry";
import { OLD_TOKEN, runService, type ServiceSettings } from "./services/service.ts";
import type { Scenario } from "./services/traffic.ts";

/** What did not reach Intercom or is harmless to repeat, and 429, which did nothing. Not what we canceled ourselves. */
function isWorthRetrying(error: AxiosError): boolean {
  if (axios.isCancel(error)) return false;
  return isNetworkOrIdempotentRequestError(error) || error.response?.status === 429;
}

/** Plain axios with axios-retry: copies customers into Intercom, as many backends do. */
function createClient({ intercomUrl, token, metrics, watch }: ServiceSettings): AxiosInstance {
  const intercom = axios.create({
    baseURL: intercomUrl,
    timeout: 1500,
    headers: { Authorization: `Bearer ${token}` },
    httpAgent: new Agent({ keepAlive: true }),
  });
  watch(intercom);
  axiosRetry(intercom, {
    retries: 3,
    retryDelay: exponentialDelay,
    shouldResetTimeout: true,
    retryCondition: isWorthRetrying,
  });
  // The trace context is how the demo finds the request of a span in the simulator's ledger.
  instrumentIntercom(intercom, {
    client: "crm-sync",
    ...metrics,
    hosts: [intercomUrl],
    propagateTraceContext: true,
  });
  return intercom;
}

const TYPED_ON_AFTER_MILLISECONDS = 400;
/** Enough to use up a window at once, wherever in it the campaign begins. */
const CAMPAIGN_OPENING = 300;
const CAMPAIGN_BATCH = 9;
const DEPLOY_BATCH = 3;

/** Plays something several times at once and waits for all of it. */
function inBatch(times: number, play: () => Promise<unknown>): Promise<unknown> {
  return Promise.allSettled(Array.from({ length: times }, play));
}

function createScenarios(settings: ServiceSettings): readonly Scenario[] {
  const intercom = createClient(settings);
  const ids: string[] = [];
  let customers = 0;
  const anyId = (): string => ids[Math.floor(Math.random() * ids.length)] ?? "none-yet";
  const create = async (): Promise<void> => {
    const email = `customer-${++customers}@example.com`;
    const { data } = await intercom.post("/contacts", { role: "user", email });
    ids.push(data.id);
  };
  const update = (): Promise<unknown> => intercom.put(`/contacts/${anyId()}`, { name: "Ann" });
  const createWrongly = (): Promise<unknown> =>
    intercom.post("/contacts", { role: "customer", external_id: `customer-${++customers}` });
  const search = { query: { field: "role", operator: "=", value: "user" }, pagination: { per_page: 5 } };
  const oldToken = { headers: { Authorization: `Bearer ${OLD_TOKEN}` } };
  return [
    { weight: 15, play: () => intercom.post("/contacts/search", search) },
    { weight: 18, play: update },
    { weight: 12, play: create },
    { weight: 9, play: () => intercom.get("/companies", { params: { per_page: 10 } }) },
    { weight: 6, play: () => intercom.get("/tags") },
    // Mistakes that happen: a customer who is there already, a bad address, a stale id, an old token.
    { weight: 1, play: () => intercom.post("/contacts", { role: "user", email: "customer-1@example.com" }) },
    { weight: 1, play: () => intercom.post("/contacts", { role: "user", email: "no address" }) },
    { weight: 1, play: () => intercom.get("/contacts/000000000000000000000000") },
    { weight: 1, play: () => intercom.get("/me", oldToken) },
    // Search as you type: the next letter cancels a search that takes too long.
    {
      weight: 1,
      play: () => {
        const typing = new AbortController();
        setTimeout(() => typing.abort(), TYPED_ON_AFTER_MILLISECONDS);
        return intercom.get("/articles/search", { params: { phrase: "refu" }, signal: typing.signal });
      },
    },
    // A campaign touches many customers at once, and most of them when it begins.
    { weight: "once", only: "campaign", play: () => inBatch(CAMPAIGN_OPENING, update) },
    { weight: 30, only: "campaign", play: () => inBatch(CAMPAIGN_BATCH, update) },
    // The version that somebody deployed without trying it: there are users and leads, but no customers.
    { weight: 65, only: "bad-deploy", play: () => inBatch(DEPLOY_BATCH, createWrongly) },
  ];
}

await runService("crm-sync", createScenarios);
