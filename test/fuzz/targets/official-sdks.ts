import { inspect } from "node:util";
import { instrumentGlobalFetch, intercomFetch } from "@intercom-telemetry/fetch";
import fc from "fast-check";
import { IntercomClient as Client6 } from "intercom-client-6";
import { IntercomClient as Client7 } from "intercom-client-7";
import { type Ending, ending } from "../arbitraries/endings.ts";
import type { Watch } from "../watch.ts";
import type { Target } from "./target.ts";
import { waitForRecords } from "./wait-for-records.ts";

/** What a caller of the SDK can tell about a call. */
function describe(value: unknown): string {
  if (!(value instanceof Error)) return `resolved ${inspect(value)}`;
  const { statusCode, body } = value as { statusCode?: unknown; body?: unknown };
  return `${value.constructor.name}: ${value.message} ${String(statusCode)} ${inspect(body)}`;
}

type Call = (client: Client7) => Promise<unknown>;

const ONCE = { maxRetries: 0 };
const CALLS: readonly Call[] = [
  (client) => client.admins.identify(ONCE),
  (client) => client.contacts.find({ contact_id: "5f0c1b2a" }, ONCE),
  (client) => client.contacts.create({ email: "jane@example.com" }, ONCE),
  (client) => client.tags.list(ONCE),
];

const token = "dG9rOnRva2Vu";

/** Whatever a fetch ends with, the official SDK makes of it what it makes of it without us. */
export function createOfficialSdkTarget(watch: Watch): Target {
  let sent = 0;
  let current: Ending = () => ({ value: undefined, rejects: true });
  const base = async (): Promise<Response> => {
    sent += 1;
    const { value, rejects } = current();
    if (rejects) throw value;
    return value as Response;
  };
  const bare = new Client7({ token, fetch: base });
  const measured7 = new Client7({
    token,
    fetch: intercomFetch({ client: "fuzz", onOutcome: watch.onOutcome, fetch: base }),
  });
  const measured6 = new Client6({ token }) as unknown as Client7;
  const bare6 = new Client6({ token }) as unknown as Client7;
  const settle = (client: Client7, call: Call): Promise<string> => call(client).then(describe, describe);

  /** SDK 6 reads the global fetch, which is ours for as long as it takes. */
  const withGlobalFetch = async (isMeasured: boolean, call: Call): Promise<string> => {
    const before = globalThis.fetch;
    globalThis.fetch = base;
    const detach = isMeasured
      ? instrumentGlobalFetch({ client: "fuzz", onOutcome: watch.onOutcome }).detach
      : () => {};
    try {
      return await settle(isMeasured ? measured6 : bare6, call);
    } finally {
      detach();
      globalThis.fetch = before;
    }
  };

  const property = fc.asyncProperty(
    ending,
    fc.constantFrom(...CALLS),
    fc.boolean(),
    async (end, call, is6) => {
      current = end;
      const expected = is6 ? await withGlobalFetch(false, call) : await settle(bare, call);
      sent = 0;
      const found = is6 ? await withGlobalFetch(true, call) : await settle(measured7, call);
      if (found !== expected) throw new Error(`the caller saw ${found}\nand without us ${expected}`);
      await waitForRecords(watch, sent);
    },
  );
  return { name: "official SDKs", weight: 0.3, run: (parameters) => fc.assert(property, parameters) };
}
