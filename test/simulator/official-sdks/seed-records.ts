import type { Simulator } from "@intercom-telemetry/simulator";
import { ask } from "../support.ts";

type Create = (simulator: Simulator, operation: string) => Promise<string>;

async function created(simulator: Simulator, path: string, body: object, key = "id"): Promise<string> {
  const { body: record, status } = await ask(simulator, path, { body });
  if (status !== 200) throw new Error(`POST ${path}: ${status}`);
  return String(record?.[key]);
}

const EXTERNAL_ID = "customer-7";

const contact: Create = async (simulator) => {
  const path = `/contacts/find_by_external_id/${EXTERNAL_ID}`;
  const { status, body } = await ask(simulator, path);
  return status === 200 ? String(body?.id) : created(simulator, "/contacts", { external_id: EXTERNAL_ID });
};

const externalId: Create = async (simulator, operation) => {
  await contact(simulator, operation);
  return EXTERNAL_ID;
};

/** How each kind of record that the simulator remembers comes to be; of all others it knows any id. */
const CREATE: Readonly<Record<string, Create>> = {
  contact,
  into: contact,
  intercom_user: contact,
  external: externalId,
  user: externalId,
  from: (simulator) => created(simulator, "/contacts", { role: "lead" }),
  company: (simulator) => created(simulator, "/companies", { name: "Acme" }),
  tag: (simulator) => created(simulator, "/tags", { name: "vip" }),
  admin: async () => "991",
  conversation: async (simulator, operation) => {
    const from = { type: "user", id: await contact(simulator, operation) };
    return created(simulator, "/conversations", { from, body: "Hello" }, "conversation_id");
  },
  job(simulator, operation) {
    const kind = operation.includes("reporting_data") ? "reporting_data/enqueue" : "content/data";
    return created(simulator, `/export/${kind}`, {}, "job_identifier");
  },
};

const MARK = /"\{(#?)([a-z_]+)\}"/g;

/** The arguments of a call with ids of records that are there. */
export async function seedRecords(
  simulator: Simulator,
  args: readonly unknown[],
  operation: string,
): Promise<unknown[]> {
  const text = JSON.stringify(args);
  const ids = new Map<string, string>();
  for (const [, , noun = ""] of text.matchAll(MARK)) {
    if (!ids.has(noun)) ids.set(noun, (await CREATE[noun]?.(simulator, operation)) ?? "12345");
  }
  return JSON.parse(
    text.replaceAll(MARK, (_mark, asNumber: string, noun: string) => {
      const id = ids.get(noun) ?? "";
      // Some types call an id a number that has letters.
      return asNumber !== "" && /^\d+$/.test(id) ? id : JSON.stringify(id);
    }),
  );
}
